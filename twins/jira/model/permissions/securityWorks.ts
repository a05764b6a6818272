/** What of issue security takes its time: a level going, and a project getting another scheme. Both by tasks. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, refused } from '../../errors.ts';
import {
  issues,
  type Project,
  projects,
  type SecurityLevel,
  type Task,
  tasks,
  type User,
  type UserRef,
} from '../../world.ts';
import { requireProject } from '../projects/projects.ts';
import { startTask } from '../site/tasks.ts';
import { dropLevel, levelOfScheme, levelsOfScheme } from './securityLevels.ts';
import { requireSecurityScheme } from './securitySchemes.ts';

/** Begins to delete a level; its issues get `replaceWith`. 404 for a level that is not there, 409 while one is going. */
export function startRemovingLevel(
  world: World,
  user: User,
  schemeId: string,
  levelId: string,
  replaceWith: string | null,
): Task {
  const scheme = requireSecurityScheme(world, schemeId);
  levelOfScheme(world, scheme.id, levelId);
  if (replaceWith !== null) {
    if (replaceWith === levelId) throw badQuery('The level cannot be replaced with itself.');
    levelOfScheme(world, scheme.id, replaceWith);
  }
  alone(world, 'removeSecurityLevel');
  return startTask(world, {
    description: 'Remove issue security level',
    submitter: user,
    work: 'removeSecurityLevel',
    input: { schemeId: scheme.id, levelId, replaceWith },
  });
}

/** The work of such a task. */
export function removeSecurityLevel(
  world: World,
  { schemeId, levelId, replaceWith }: { schemeId: number; levelId: string; replaceWith: string | null },
): void {
  const level = levelOfScheme(world, schemeId, levelId);
  dropLevel(world, level, replaceWith === null ? undefined : levelOfScheme(world, schemeId, replaceWith));
}

interface Mapping {
  from: string;
  to: string;
}

/**
 * Begins to give a project another scheme; its issues get the levels that theirs are mapped to, those without a mapping
 * none. 404 for the project or the scheme, 400 for levels that are not theirs.
 */
export function startAssociation(world: World, user: User, input: Record<string, unknown>): Task {
  const { projectId, schemeId, oldToNewSecurityLevelMappings: sent } = input;
  if (typeof projectId !== 'string' || typeof schemeId !== 'string')
    throw badQuery('Both the projectId and the schemeId must be provided.');
  const project = requireProject(world, projectId);
  const target = schemeId === '-1' ? undefined : requireSecurityScheme(world, schemeId);
  const mappings = mappingsOf(world, project, target?.id, sent);
  alone(world, 'associateSecurityScheme');
  return startTask(world, {
    description: 'Associate issue security scheme with project',
    submitter: user,
    work: 'associateSecurityScheme',
    input: { projectId: project.id, schemeId: target?.id ?? null, mappings },
  });
}

/** The work of such a task. */
export function associateSecurityScheme(
  world: World,
  { projectId, schemeId, mappings }: { projectId: string; schemeId: number | null; mappings: Mapping[] },
  _submitter: UserRef,
): void {
  const { securityScheme: _, ...project } = requireProject(world, projectId);
  if (schemeId !== null) requireSecurityScheme(world, String(schemeId));
  world.put(projects, schemeId === null ? project : { ...project, securityScheme: schemeId });
  const to = new Map(mappings.map((one) => [one.from, one.to]));
  for (const issue of world.list(issues, { index: 'project', equals: projectId }).toArray()) {
    const before = issue.fields.security?.id ?? '-1';
    const after = to.get(before) ?? (before === '-1' ? undefined : '-1');
    if (after === undefined) continue;
    const security = after === '-1' ? null : { id: after };
    world.put(issues, { ...issue, fields: { ...issue.fields, security } });
  }
}

function mappingsOf(world: World, project: Project, schemeId: number | undefined, sent: unknown): Mapping[] {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) throw refused('badRequest');
  return sent.map((one) => {
    const { oldLevelId, newLevelId } = (one ?? {}) as Record<string, unknown>;
    if (typeof oldLevelId !== 'string' || typeof newLevelId !== 'string') throw refused('badRequest');
    isLevelOf(world, project.securityScheme, oldLevelId);
    isLevelOf(world, schemeId, newLevelId);
    return { from: oldLevelId, to: newLevelId };
  });
}

/** 400 where a level is not one of a scheme; `-1` is none. */
function isLevelOf(world: World, schemeId: number | undefined, id: string): void {
  const levels: SecurityLevel[] = schemeId === undefined ? [] : levelsOfScheme(world, schemeId);
  if (id !== '-1' && !levels.some((level) => level.id === id))
    throw badQuery(`The issue security level with ID '${id}' is not part of the issue security scheme.`);
}

/** 409 while a task of the same kind runs. */
function alone(world: World, work: string): void {
  const running = world
    .list(tasks, { where: (row) => row.work === work && row.outcome === undefined })
    .first();
  if (running) throw refused('conflict', 'A task of this kind is already running.');
}
