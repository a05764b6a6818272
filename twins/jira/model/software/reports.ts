/** The reports of a scrum board: what a sprint achieved, how fast a team is, how a sprint burns down. */
import type { World } from '../../../../src/world/world.ts';
import { REPORTED_SPRINTS_MAX } from '../../limits.ts';
import { type Board, type Sprint, sprints } from '../../world.ts';
import { type Part, type SprintStory, type Standing, storyOf } from './sprintStory.ts';

/** The issues of a sprint by what became of them. */
export interface SprintReport {
  completed: Part[];
  open: Part[];
  /** Taken out of the sprint while it ran. */
  punted: Part[];
  /** Done before it began. */
  elsewhere: Part[];
}

export function sprintReport(parts: readonly Part[]): SprintReport {
  const report: SprintReport = { completed: [], open: [], punted: [], elsewhere: [] };
  for (const part of parts) {
    if (part.before.inSprint && part.before.done && part.after.done) report.elsewhere.push(part);
    else if (!part.after.inSprint) report.punted.push(part);
    else report[part.after.done ? 'completed' : 'open'].push(part);
  }
  return report;
}

/** The sum of estimates; null where none of them has one. */
export function sumOf(parts: readonly Part[], when: 'before' | 'after'): number | null {
  const estimates = parts.map((part) => part[when].estimate).filter((one) => one !== null);
  return estimates.length === 0 ? null : estimates.reduce((sum, one) => sum + one, 0);
}

/** A closed sprint with what was planned for it and what was done in it. */
export interface Velocity {
  sprint: Sprint;
  estimated: number;
  completed: number;
}

/** The last closed sprints of a board, newest first. */
export function velocities(world: World, board: Board): Velocity[] {
  return world
    .list(sprints, { where: (row) => row.originBoardId === board.id && row.state === 'closed' })
    .toArray()
    .sort((a, b) => (b.completeDate ?? '').localeCompare(a.completeDate ?? '') || b.id - a.id)
    .slice(0, REPORTED_SPRINTS_MAX)
    .map((sprint) => {
      const { parts } = storyOf(world, board, sprint);
      const planned = parts.filter(({ before }) => before.inSprint);
      return {
        sprint,
        estimated: sumOf(planned, 'before') ?? 0,
        completed: sumOf(sprintReport(parts).completed, 'after') ?? 0,
      };
    });
}

/** One step of a burndown: an issue that came or went, was estimated, was done or opened again. */
export type BurndownChange = { key: string } & (
  | { added: boolean }
  | { statC: { newValue?: number; oldValue?: number } }
  | { column: { done: true } | { notDone: true; newStatus: string } }
);

/** Every step of a sprint by its moment, milliseconds; what it began with stands at its beginning. */
export function burndown({ starts, parts }: SprintStory): Map<number, BurndownChange[]> {
  const steps = new Map<number, BurndownChange[]>();
  for (const part of parts) {
    const { key } = part.issue;
    let before: Standing | undefined;
    for (const ms of [starts, ...new Set(part.changes)]) {
      const now = part.at(ms);
      const found = stepsBetween(key, before, now);
      if (found.length > 0) steps.set(ms, [...(steps.get(ms) ?? []), ...found]);
      before = now;
    }
  }
  return new Map([...steps].sort(([a], [b]) => a - b));
}

function stepsBetween(key: string, before: Standing | undefined, now: Standing): BurndownChange[] {
  const steps: BurndownChange[] = [];
  if (now.inSprint !== (before?.inSprint ?? false)) steps.push({ key, added: now.inSprint });
  if (now.estimate !== (before?.estimate ?? null)) {
    const [newValue, oldValue] = [now.estimate ?? undefined, before?.estimate ?? undefined];
    steps.push({
      key,
      statC: {
        ...(newValue === undefined ? {} : { newValue }),
        ...(oldValue === undefined ? {} : { oldValue }),
      },
    });
  }
  if (now.done !== before?.done)
    steps.push({ key, column: now.done ? { done: true } : { notDone: true, newStatus: now.statusId } });
  return steps;
}
