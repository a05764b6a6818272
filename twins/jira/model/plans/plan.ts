/**
 * Plans of a site with Jira Premium, kept by its administrators.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-plans/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { PLANS_MAX } from '../../limits.ts';
import {
  boards,
  filters,
  type Plan,
  type PlanDetails,
  plans,
  planTeams,
  projects,
  users,
} from '../../world.ts';
import { fieldById } from '../fields/fields.ts';
import { groupNamed } from '../people/groups.ts';
import { fitting, patched } from './patched.ts';
import { PLAN_SCHEMA } from './planSchemas.ts';

/** The plans, without those in the trash and the archive unless asked for. */
export const plansOf = (world: World, trashed: boolean, archived: boolean): Plan[] =>
  world
    .list(plans, {
      where: ({ status }) =>
        status === 'Active' || (trashed && status === 'Trashed') || (archived && status === 'Archived'),
    })
    .toArray(PLANS_MAX);

/** 404 in the vendor's words. */
export const requirePlan = (world: World, id: string): Plan =>
  world.require(plans, sortable(Number(id)), () => missing('The plan was not found.'));

/** The same where it may still be changed: 409 for one in the trash or the archive. */
export function requireActive(world: World, id: string): Plan {
  const plan = requirePlan(world, id);
  if (plan.status !== 'Active') throw refused('conflict', 'The plan is not active.');
  return plan;
}

type PlanInput = Pick<PlanDetails, 'name' | 'issueSources'> &
  Partial<Omit<PlanDetails, 'name' | 'issueSources' | 'scheduling' | 'exclusionRules'>> & {
    scheduling: Partial<PlanDetails['scheduling']> & Pick<PlanDetails['scheduling'], 'estimation'>;
    exclusionRules?: Partial<PlanDetails['exclusionRules']>;
  };

/** Makes a plan; 400 for input that does not fit or names what is not there. `byGroupId`: holders are ids. */
export function createPlan(world: World, input: unknown, byGroupId: boolean): Plan {
  if (world.list(plans).count() >= PLANS_MAX) throw badQuery(`A site has at most ${PLANS_MAX} plans.`);
  const details = whole(world, fitting<PlanInput>(PLAN_SCHEMA, input), byGroupId);
  const id = world.next('jira.plan');
  return world.insert(plans, { ...details, id, scenarioId: id, status: 'Active', lastSaved: world.now() });
}

/** Patches what a plan says of itself. */
export function updatePlan(world: World, id: string, patch: unknown, byGroupId: boolean): void {
  const plan = requireActive(world, id);
  const changed = patched<PlanInput>(PLAN_SCHEMA, detailsOf(world, plan, byGroupId), patch);
  const details = whole(world, changed, byGroupId);
  world.put(plans, { ...plan, leadAccountId: undefined, ...details, lastSaved: world.now() } as Plan);
}

/** A plan of another name with the same content and teams. */
export function duplicatePlan(world: World, id: string, name: unknown): Plan {
  const source = requireActive(world, id);
  const copy = createPlan(world, { ...detailsOf(world, source, true), name }, true);
  for (const team of world.list(planTeams, { index: 'plan', equals: sortable(source.id) }).toArray())
    world.insert(planTeams, { ...team, id: world.next('jira.planTeam'), planId: copy.id });
  return copy;
}

/** Moves an active plan into the trash or the archive. */
export function retirePlan(world: World, id: string, status: 'Trashed' | 'Archived'): void {
  const plan = requireActive(world, id);
  world.put(plans, { ...plan, status, lastSaved: world.now() });
}

/** What a plan says of itself; groups by id, or by name as the API once had it. */
export function detailsOf(world: World, plan: Plan, byGroupId: boolean): PlanDetails {
  const { id: _, scenarioId: __, status: ___, lastSaved: ____, ...details } = plan;
  if (byGroupId) return details;
  const permissions = details.permissions.map(({ type, holder }) => {
    const name = holder.type === 'Group' ? groupNamed(world, { groupId: holder.value })?.name : undefined;
    return { type, holder: { ...holder, value: name ?? holder.value } };
  });
  return { ...details, permissions };
}

const NOTHING_EXCLUDED: PlanDetails['exclusionRules'] = {
  numberOfDaysToShowCompletedIssues: 30,
  issueIds: [],
  workStatusIds: [],
  workStatusCategoryIds: [],
  issueTypeIds: [],
  releaseIds: [],
};

/** Input with all that it leaves out; 400 where it names what the site does not have. */
function whole(world: World, input: PlanInput, byGroupId: boolean): PlanDetails {
  const missed = (what: string, value: unknown) => badQuery(`The ${what} '${String(value)}' does not exist.`);
  for (const { type, value } of input.issueSources)
    if (!has(world, type, value)) throw missed(type.toLowerCase(), value);
  if (input.leadAccountId !== undefined && !world.get(users, input.leadAccountId))
    throw missed('lead', input.leadAccountId);
  for (const { customFieldId } of input.customFields ?? [])
    if (!fieldById(world, `customfield_${customFieldId}`)) throw missed('custom field', customFieldId);
  const permissions = (input.permissions ?? []).map((one) => {
    const { type, value } = one.holder;
    if (type === 'AccountId' && !world.get(users, value)) throw missed('user', value);
    if (type === 'AccountId') return one;
    const group = groupNamed(world, byGroupId ? { groupId: value } : { name: value });
    if (!group) throw missed('group', value);
    return { ...one, holder: { type, value: group.groupId } };
  });
  return {
    ...input,
    scheduling: {
      startDate: { type: 'TargetStartDate' },
      endDate: { type: 'DueDate' },
      inferredDates: 'None',
      dependencies: 'Sequential',
      ...input.scheduling,
    },
    exclusionRules: { ...NOTHING_EXCLUDED, ...input.exclusionRules },
    crossProjectReleases: (input.crossProjectReleases ?? []).map((one) => ({
      ...one,
      releaseIds: one.releaseIds ?? [],
    })),
    customFields: (input.customFields ?? []).map((one) => ({ ...one, filter: one.filter ?? false })),
    permissions,
  };
}

function has(world: World, type: 'Board' | 'Project' | 'Filter', value: number): boolean {
  if (type === 'Board') return world.get(boards, sortable(value)) !== undefined;
  if (type === 'Project') return world.get(projects, String(value)) !== undefined;
  return world.get(filters, String(value)) !== undefined;
}
