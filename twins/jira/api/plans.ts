/** Plans and the teams in them. */
import { type Call, type Endpoint, endpoint, list, reply } from '../../../src/twin.ts';
import {
  createPlan,
  detailsOf,
  duplicatePlan,
  plansOf,
  requireActive,
  requirePlan,
  retirePlan,
  updatePlan,
} from '../model/plans/plan.ts';
import { createTeam, deleteTeam, requireTeam, teamsOf, updateTeam } from '../model/plans/planTeams.ts';
import type { Plan } from '../world.ts';
import { bodyObject, doc } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';

type Json = Record<string, unknown>;

const listedPlan = ({ id, name, scenarioId, status, issueSources }: Plan): Json => ({
  id: String(id),
  name,
  scenarioId: String(scenarioId),
  issueSources,
  status,
});

/** A plan in full; groups by name unless ids are asked for. */
const planView = (call: Call, plan: Plan): Json => ({
  id: plan.id,
  ...detailsOf(call.world, plan, byGroupId(call)),
  status: plan.status,
  lastSaved: new Date(plan.lastSaved).toISOString(),
});

const byGroupId = (call: Call): boolean => call.query.get('useGroupId') === 'true';

/** Only administrators have to do with plans. */
const administered = (call: Call): Call => {
  administrator(call);
  return call;
};

const planOf = (call: Call): Plan => requireActive(administered(call).world, call.params.planId as string);
const page = { style: 'cursor', default: 50, max: 50 } as const;
const PLANS = '/rest/api/3/plans/plan';
const ONE = `${PLANS}/{planId}`;
const TEAM = `${ONE}/team/planonly/{planOnlyTeamId}`;
const planDoc = doc('plans', 'plans-plan-get');
const teamDoc = doc('teams-in-plan', 'plans-plan-planid-team-get');

export const planEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'getPlans', route: `GET ${PLANS}`, page, doc: planDoc }, (call: Call) => {
    const asked = (name: string) => call.query.get(name) === 'true';
    const found = plansOf(administered(call).world, asked('includeTrashed'), asked('includeArchived'));
    return list(rangeOf(found), listedPlan);
  }),
  endpoint({ id: 'createPlan', route: `POST ${PLANS}`, doc: planDoc }, (call: Call) =>
    reply({ status: 201, body: createPlan(administered(call).world, bodyObject(call), byGroupId(call)).id }),
  ),
  endpoint({ id: 'getPlan', route: `GET ${ONE}`, doc: planDoc }, (call: Call) =>
    planView(call, requirePlan(administered(call).world, call.params.planId as string)),
  ),
  endpoint({ id: 'updatePlan', route: `PUT ${ONE}`, status: 204, doc: planDoc }, (call: Call) =>
    updatePlan(administered(call).world, call.params.planId as string, call.input, byGroupId(call)),
  ),
  endpoint({ id: 'archivePlan', route: `PUT ${ONE}/archive`, status: 204, doc: planDoc }, (call: Call) =>
    retirePlan(administered(call).world, call.params.planId as string, 'Archived'),
  ),
  endpoint({ id: 'trashPlan', route: `PUT ${ONE}/trash`, status: 204, doc: planDoc }, (call: Call) =>
    retirePlan(administered(call).world, call.params.planId as string, 'Trashed'),
  ),
  endpoint({ id: 'duplicatePlan', route: `POST ${ONE}/duplicate`, doc: planDoc }, (call: Call) => {
    const copy = duplicatePlan(administered(call).world, call.params.planId as string, bodyObject(call).name);
    return reply({ status: 201, body: copy.id });
  }),
  endpoint({ id: 'getTeams', route: `GET ${ONE}/team`, page, doc: teamDoc }, (call: Call) => {
    const plan = requirePlan(administered(call).world, call.params.planId as string);
    const view = ({ id, name }: { id: number; name: string }) => ({ id: String(id), name, type: 'PlanOnly' });
    return list(rangeOf(teamsOf(call.world, plan)), view);
  }),
  endpoint({ id: 'createPlanOnlyTeam', route: `POST ${ONE}/team/planonly`, doc: teamDoc }, (call: Call) =>
    reply({ status: 201, body: createTeam(call.world, planOf(call), bodyObject(call)).id }),
  ),
  endpoint({ id: 'getPlanOnlyTeam', route: `GET ${TEAM}`, doc: teamDoc }, (call: Call) => {
    const { planId: _, ...team } = requireTeam(
      call.world,
      planOf(call),
      call.params.planOnlyTeamId as string,
    );
    return team;
  }),
  endpoint({ id: 'updatePlanOnlyTeam', route: `PUT ${TEAM}`, status: 204, doc: teamDoc }, (call: Call) =>
    updateTeam(call.world, planOf(call), call.params.planOnlyTeamId as string, call.input),
  ),
  endpoint({ id: 'deletePlanOnlyTeam', route: `DELETE ${TEAM}`, status: 204, doc: teamDoc }, (call: Call) =>
    deleteTeam(call.world, planOf(call), call.params.planOnlyTeamId as string),
  ),
];
