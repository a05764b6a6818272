/** Teams that only their plan knows. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { PLAN_TEAMS_MAX } from '../../limits.ts';
import { type Plan, type PlanTeam, planTeams, users } from '../../world.ts';
import { fitting, patched } from './patched.ts';
import { PLAN_TEAM_SCHEMA } from './planSchemas.ts';

type TeamInput = Omit<PlanTeam, 'id' | 'planId' | 'memberAccountIds'> & {
  memberAccountIds?: readonly string[];
};

export const teamsOf = (world: World, plan: Plan): PlanTeam[] =>
  world.list(planTeams, { index: 'plan', equals: sortable(plan.id) }).toArray(PLAN_TEAMS_MAX);

/** 404 where the plan has no such team. */
export function requireTeam(world: World, plan: Plan, id: string): PlanTeam {
  const team = world.get(planTeams, sortable(Number(id)));
  if (team?.planId !== plan.id) throw missing('The plan-only team was not found in the plan.');
  return team;
}

/** Makes a team; 400 for input that does not fit, people that are not there, a source that the plan lacks. */
export function createTeam(world: World, plan: Plan, input: unknown): PlanTeam {
  if (teamsOf(world, plan).length >= PLAN_TEAMS_MAX)
    throw badQuery(`A plan has at most ${PLAN_TEAMS_MAX} teams.`);
  const team = checked(world, plan, fitting<TeamInput>(PLAN_TEAM_SCHEMA, input));
  return world.insert(planTeams, { id: world.next('jira.planTeam'), planId: plan.id, ...team });
}

/** Patches a team. */
export function updateTeam(world: World, plan: Plan, id: string, patch: unknown): void {
  const { id: own, planId, ...team } = requireTeam(world, plan, id);
  const changed = checked(world, plan, patched<TeamInput>(PLAN_TEAM_SCHEMA, team, patch));
  world.put(planTeams, { id: own, planId, ...changed });
}

export function deleteTeam(world: World, plan: Plan, id: string): void {
  world.remove(planTeams, sortable(requireTeam(world, plan, id).id));
}

function checked(world: World, plan: Plan, input: TeamInput): Omit<PlanTeam, 'id' | 'planId'> {
  const { memberAccountIds = [], issueSourceId } = input;
  for (const accountId of memberAccountIds)
    if (!world.get(users, accountId)) throw badQuery(`The user '${accountId}' does not exist.`);
  // Sources are counted from 1, as the plan lists them.
  if (issueSourceId !== undefined && issueSourceId > plan.issueSources.length)
    throw badQuery(`The plan has no issue source '${issueSourceId}'.`);
  return { ...input, memberAccountIds };
}
