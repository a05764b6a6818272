/** `/api/v1/idps/{idpId}/credentials/csrs`: certificate signing requests of identity providers. */
import { reply } from '../../../src/twin.ts';
import { header, type WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type Csr,
  type CsrInput,
  csrsOf,
  findCsr,
  generateCsr,
  publishCsr,
  revokeCsr,
} from '../model/apps/csr.ts';
import { findIdp } from '../model/federation/idp.ts';
import { TextBody } from '../text.ts';
import { signingKeyView } from './signingKeys.ts';

const { read, manage } = family('IdentityProviderSigningKeys', 'idps', 'other');
const CSRS = '/api/v1/idps/{idpId}/credentials/csrs';
const CSR = `${CSRS}/{idpCsrId}` as const;

export const idpCsrEndpoints = [
  endpoint({ id: 'listCsrsForIdentityProvider', route: `GET ${CSRS}`, ...read }, ({ world, params }) =>
    csrsOf(world, findIdp(world, params.idpId).id).map((row) => csrView(world, at(params.idpId), row)),
  ),
  endpoint(
    { id: 'generateCsrForIdentityProvider', route: `POST ${CSRS}`, ...manage, status: 201 },
    ({ world, actor, params, input, request }) => {
      const row = generateCsr(world, actor.who, findIdp(world, params.idpId).id, input as CsrInput);
      return csrAnswer(world, request, at(params.idpId), row, 201);
    },
  ),
  endpoint(
    { id: 'getCsrForIdentityProvider', route: `GET ${CSR}`, ...read },
    ({ world, params, request }) => {
      const row = findCsr(world, findIdp(world, params.idpId).id, params.idpCsrId);
      return csrAnswer(world, request, at(params.idpId), row, 200);
    },
  ),
  endpoint(
    { id: 'revokeCsrForIdentityProvider', route: `DELETE ${CSR}`, ...manage, status: 204 },
    ({ world, actor, params }) =>
      revokeCsr(world, actor.who, findIdp(world, params.idpId).id, params.idpCsrId),
  ),
  endpoint(
    {
      id: 'publishCsrForIdentityProvider',
      route: `POST ${CSR}/lifecycle/publish`,
      ...manage,
      status: 201,
    },
    ({ world, actor, params, body }) => {
      const { id } = findIdp(world, params.idpId);
      return signingKeyView(publishCsr(world, actor.who, id, params.idpCsrId, body.bytes));
    },
  ),
];

const at = (idpId: string): string => `/api/v1/idps/${idpId}/credentials/csrs`;

/** A request with its links; `collection` is its list's path. */
export function csrView(world: World, collection: string, row: Csr): Record<string, unknown> {
  const { ownerId: _, keyNth: _key, ...shown } = row;
  const self = `${collection}/${row.id}`;
  return {
    ...shown,
    _links: {
      publish: link(world, `${self}/lifecycle/publish`, 'POST'),
      self: link(world, self, 'GET', 'DELETE'),
    },
  };
}

/** One request as JSON or, where that is asked for, as PKCS #10 in base 64; a new one says where it is. */
export function csrAnswer(
  world: World,
  request: WireRequest,
  collection: string,
  row: Csr,
  status: 200 | 201,
): unknown {
  if (header(request.headers, 'accept')?.includes('application/pkcs10'))
    return reply({ status, body: new TextBody('application/pkcs10', row.csr) });
  const place = `${world.base()}${collection}/${row.id}`;
  const headers: [string, string][] = status === 201 ? [['location', place]] : [];
  return reply({ status, body: csrView(world, collection, row), headers });
}
