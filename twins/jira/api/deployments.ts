/** Deployments that tools of continuous delivery tell of, and whether they may go on. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { gatingOf } from '../model/devops/gating.ts';
import { DEPLOYMENT } from '../model/devops/kinds.ts';
import { entityOf } from '../model/devops/submissions.ts';
import { addressOf, softwareDoc } from './address.ts';
import { familyEndpoints, idIn, messages, providerOf } from './devops.ts';

type Json = Readonly<Record<string, unknown>>;

const idOf = (value: unknown): unknown => (value as { id?: unknown }).id;
const keyOf = ({ pipeline, environment, deploymentSequenceNumber }: Json) => ({
  pipelineId: idOf(pipeline),
  environmentId: idOf(environment),
  deploymentSequenceNumber,
});

const PATH = 'pipelines/{pipelineId}/environments/{environmentId}/deployments/{deploymentSequenceNumber}';

export const deploymentEndpoints = [
  ...familyEndpoints({
    root: 'deployments/0.1',
    group: 'deployments',
    submits: 'submitDeployments',
    deletesByProperty: 'deleteDeploymentsByProperty',
    kinds: [DEPLOYMENT],
    parts: [{ kind: 'deployment', path: PATH, gets: 'getDeploymentByKey', deletes: 'deleteDeploymentByKey' }],
    answer: ({ accepted, rejected, ...unknown }) => ({
      acceptedDeployments: accepted.map(keyOf),
      rejectedDeployments: rejected.map(({ data, errors }) => ({
        key: keyOf(data),
        errors: messages(errors),
      })),
      ...unknown,
    }),
  }),
  endpoint(
    {
      id: 'getDeploymentGatingStatusByKey',
      route: `GET /rest/deployments/0.1/${PATH}/gating-status`,
      doc: softwareDoc(
        'deployments',
        'deployments-0-1-pipelines-pipelineid-environments-environmentid-deployments-deploymentsequencenumber-gating-status-get',
      ),
    },
    gatingView,
  ),
];

function gatingView(call: Call): Record<string, unknown> {
  const found = entityOf(call.world, providerOf(call), 'deployment', idIn(call, PATH));
  if (!found) throw missing('No data found for the given ID.');
  const { status, issue, updated } = gatingOf(call.world, found);
  return {
    ...keyOf(found.data),
    updatedTimestamp: updated?.replace('+0000', 'Z') ?? new Date(call.world.now()).toISOString(),
    gatingStatus: status,
    details: issue
      ? [{ type: 'issue', issueKey: issue.key, issueLink: `${addressOf(call).site}/browse/${issue.key}` }]
      : [],
  };
}
