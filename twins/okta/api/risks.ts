/** `/api/v1/users/{userId}/risk` and `/api/v1/threats/configuration`. */
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { setThreatInsight, type ThreatInsight, threatInsight } from '../model/guard/threatInsight.ts';
import { riskOf, setRisk, type UserRisk } from '../model/guard/userRisk.ts';

const risk = family('UserRisk', 'userRisk', 'users');
const threats = family('ThreatInsight', 'threatInsights', 'other');
const RISK = '/api/v1/users/{userId}/risk';
const THREATS = '/api/v1/threats/configuration';

export const riskEndpoints = [
  endpoint({ id: 'getUserRisk', route: `GET ${RISK}`, ...risk.read }, ({ world, params }) =>
    riskView(world, riskOf(world, params.userId)),
  ),
  endpoint(
    { id: 'upsertUserRisk', route: `PUT ${RISK}`, ...risk.manage },
    ({ world, actor, params, input }) => {
      const set = setRisk(world, actor.who, params.userId, input as { riskLevel?: string });
      return reply({ status: set.isNew ? 201 : 200, body: riskView(world, set.risk) });
    },
  ),
  endpoint({ id: 'getCurrentConfiguration', route: `GET ${THREATS}`, ...threats.read }, ({ world }) =>
    threatView(world, threatInsight(world)),
  ),
  endpoint(
    { id: 'updateConfiguration', route: `POST ${THREATS}`, ...threats.manage },
    ({ world, actor, input }) =>
      threatView(world, setThreatInsight(world, actor.who, input as { action?: string })),
  ),
];

const riskView = (world: World, { userId, ...shown }: UserRisk): Record<string, unknown> => ({
  ...shown,
  _links: {
    user: link(world, `/api/v1/users/${userId}`, 'GET'),
    self: link(world, `/api/v1/users/${userId}/risk`, 'GET', 'PUT'),
  },
});

const threatView = (world: World, row: ThreatInsight): Record<string, unknown> => ({
  ...row,
  _links: { self: link(world, THREATS, 'GET', 'POST') },
});
