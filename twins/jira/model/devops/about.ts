/** What a thing that a tool tells of is about: issues of the site, and other things that tools told of. */
import type { World } from '../../../../src/world/world.ts';
import { type DevOpsEntity, devOpsEntities, devOpsKey } from '../../world.ts';
import { issueNamed } from '../issues/issueNamed.ts';

export interface Association {
  associationType: string;
  values: readonly unknown[];
}

export interface About {
  /** Ids. */
  issues: string[];
  /** Whether anything that it names is known. */
  known: boolean;
  unknownIssueKeys: string[];
  unknownAssociations: Association[];
}

type Json = Readonly<Record<string, unknown>>;

const OF_ISSUES = new Set(['issueKeys', 'issueIdOrKeys']);

/** Looks up all that a thing names. What a vulnerability adds and takes away comes to those that it had. */
export function aboutOf(world: World, provider: string, data: Json): About {
  const about: About = {
    issues: keptBefore(world, provider, data),
    known: false,
    unknownIssueKeys: [],
    unknownAssociations: [],
  };
  for (const key of (data.issueKeys ?? []) as string[])
    if (!addIssue(world, about, key)) about.unknownIssueKeys.push(key);
  const named = [...lists(data.associations), ...lists(data.addAssociations)];
  for (const { associationType, values } of named) {
    const unknown = values.filter((value) => !isKnown(world, provider, about, associationType, value));
    if (unknown.length > 0) about.unknownAssociations.push({ associationType, values: unknown });
    if (unknown.length < values.length) about.known = true;
  }
  const gone = lists(data.removeAssociations).flatMap(({ values }) =>
    values.map((value) => issueNamed(world, String(value))?.id),
  );
  about.issues = [...new Set(about.issues)].filter((id) => !gone.includes(id));
  return about;
}

/** A vulnerability, which alone has a container, is told of with what changes. */
function keptBefore(world: World, provider: string, { id, containerId }: Json): string[] {
  if (containerId === undefined) return [];
  const before = world.get(devOpsEntities, devOpsKey(provider, 'vulnerability', [String(id)]));
  return [...(before?.issues ?? [])];
}

const lists = (value: unknown): Association[] => (Array.isArray(value) ? (value as Association[]) : []);

function addIssue(world: World, about: About, key: string): boolean {
  const issue = issueNamed(world, key);
  if (!issue) return false;
  about.issues.push(issue.id);
  about.known = true;
  return true;
}

/** Services are things of Jira Service Management, of which this site has none. */
function isKnown(world: World, provider: string, about: About, type: string, value: unknown): boolean {
  if (OF_ISSUES.has(type)) return typeof value === 'string' && addIssue(world, about, value);
  const { repositoryId, commitHash } = (value ?? {}) as { repositoryId?: unknown; commitHash?: unknown };
  const there = (kind: DevOpsEntity['kind'], ...id: unknown[]) =>
    world.get(devOpsEntities, devOpsKey(provider, kind, id.map(String))) !== undefined;
  if (type === 'repository') return there('repository', repositoryId);
  return type === 'commit' && there('commit', repositoryId, commitHash);
}
