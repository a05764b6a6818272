/** `/api/v1/agentPools`: agents of directories; no org here has any. */
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { invalid, notFound } from '../errors.ts';

const { read, manage } = stored(family('AgentPools', 'agentPools', 'other'));
const ALL = '/api/v1/agentPools';
const UPDATES = `${ALL}/{poolId}/updates` as const;
const UPDATE = `${UPDATES}/{updateId}` as const;
const TYPES: ReadonlySet<string> = new Set([
  ...['AD', 'IWA', 'LDAP', 'MFA', 'OPP', 'RUM', 'Radius', 'OktaPrivilegedAccess'],
]);
const NEEDED = ['name', 'agentType', 'agents'] as const;

export const agentPoolEndpoints = [
  endpoint({ id: 'listAgentPools', route: `GET ${ALL}`, ...read }, ({ query }) => {
    const type = query.get('poolType');
    if (type && !TYPES.has(type)) throw invalid('poolType', 'poolType: The pool type is not valid');
    return [];
  }),
  endpoint({ id: 'listAgentPoolsUpdates', route: `GET ${UPDATES}`, ...read }, () => []),
  endpoint({ id: 'createAgentPoolsUpdate', route: `POST ${UPDATES}`, ...manage }, ({ params, input }) => {
    const missing = NEEDED.filter((part) => !(input as Record<string, unknown> | undefined)?.[part]);
    const causes = missing.map((part) => `errors in the field: ${part === 'agents' ? 'agentList' : part}`);
    if (missing.length > 0) throw invalid(missing[0] as string, ...causes);
    throw notFound(params.poolId, 'AppInstance');
  }),
  endpoint({ id: 'getAgentPoolsUpdateSettings', route: `GET ${UPDATES}/settings`, ...read }, ({ params }) => {
    throw notFound(params.poolId, 'AppInstance');
  }),
  endpoint({ id: 'getAgentPoolsUpdateInstance', route: `GET ${UPDATE}`, ...read }, ({ params }) => {
    throw notFound(params.updateId, 'AgentPoolUpdate');
  }),
  endpoint({ id: 'deleteAgentPoolsUpdate', route: `DELETE ${UPDATE}`, ...manage }, ({ params }) => {
    throw notFound(params.updateId, 'AgentPoolUpdate');
  }),
];
