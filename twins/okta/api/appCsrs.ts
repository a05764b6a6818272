/** `/api/v1/apps/{appId}/credentials/csrs`: certificate signing requests of apps. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { findApp } from '../model/apps/app.ts';
import { type CsrInput, csrsOf, findCsr, generateCsr, publishCsr, revokeCsr } from '../model/apps/csr.ts';
import { csrAnswer, csrView } from './idpCsrs.ts';
import { signingKeyView } from './signingKeys.ts';

const { read, manage } = family('ApplicationSSOCredentialKey', 'apps', 'app');
const CSRS = '/api/v1/apps/{appId}/credentials/csrs';
const CSR = `${CSRS}/{csrId}` as const;

export const appCsrEndpoints = [
  endpoint({ id: 'listCsrsForApplication', route: `GET ${CSRS}`, ...read }, ({ world, params }) =>
    csrsOf(world, findApp(world, params.appId).id).map((row) => csrView(world, at(params.appId), row)),
  ),
  endpoint(
    { id: 'generateCsrForApplication', route: `POST ${CSRS}`, ...manage, status: 201 },
    ({ world, actor, params, input, request }) => {
      const row = generateCsr(world, actor.who, findApp(world, params.appId).id, input as CsrInput);
      return csrAnswer(world, request, at(params.appId), row, 201);
    },
  ),
  endpoint({ id: 'getCsrForApplication', route: `GET ${CSR}`, ...read }, ({ world, params, request }) => {
    const row = findCsr(world, findApp(world, params.appId).id, params.csrId);
    return csrAnswer(world, request, at(params.appId), row, 200);
  }),
  endpoint(
    { id: 'revokeCsrFromApplication', route: `DELETE ${CSR}`, ...manage, status: 204 },
    ({ world, actor, params }) => revokeCsr(world, actor.who, findApp(world, params.appId).id, params.csrId),
  ),
  endpoint(
    { id: 'publishCsrFromApplication', route: `POST ${CSR}/lifecycle/publish`, ...manage, status: 201 },
    ({ world, actor, params, body }) => {
      const { id } = findApp(world, params.appId);
      return signingKeyView(publishCsr(world, actor.who, id, params.csrId, body.bytes));
    },
  ),
];

const at = (appId: string): string => `/api/v1/apps/${appId}/credentials/csrs`;
