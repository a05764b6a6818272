/**
 * What tools tell a site: taken thing by thing, kept after a while, found again by id, by issue, by the tool's own
 * properties. https://developer.atlassian.com/cloud/jira/software/rest/api-group-builds/#api-rest-builds-0-1-bulk-post
 */
import type { World } from '../../../../src/world/world.ts';
import { type DevOpsEntity, type DevOpsKind, devOpsEntities, devOpsKey, propertyKey } from '../../world.ts';
import { type About, aboutOf } from './about.ts';
import type { Kind } from './kinds.ts';
import { later } from './later.ts';
import { ill, listIn, propertiesIn } from './request.ts';
import { objectionsTo } from './shape.ts';

type Json = Readonly<Record<string, unknown>>;

/** How a submission went, thing by thing. */
export interface Submission extends Omit<About, 'issues' | 'known'> {
  accepted: Json[];
  rejected: { data: Json; errors: string[] }[];
}

/** Takes what `provider` tells: each thing that is in form will be there in a while. 400 for a request out of form. */
export function submit(world: World, provider: string, kind: Kind, input: unknown): Submission {
  const properties = propertiesIn(input);
  const sent = listIn(input, kind.list, kind.max);
  const out: Submission = { accepted: [], rejected: [], unknownIssueKeys: [], unknownAssociations: [] };
  const rows: DevOpsEntity[] = [];
  for (const data of sent) {
    const taken = take(world, provider, kind, data, properties, out);
    if (taken) rows.push(taken);
  }
  keepLater(world, rows);
  return out;
}

/** Has rows kept in a while. */
export function keepLater(world: World, rows: readonly DevOpsEntity[]): void {
  if (rows.length > 0) later(world, 'keep', rows);
}

/** The row of one thing, noted in `out` as accepted; undefined where it is rejected. */
export function take(
  world: World,
  provider: string,
  kind: Kind,
  data: Json,
  properties: Readonly<Record<string, string>>,
  out: Submission,
): DevOpsEntity | undefined {
  const id = kind.idOf(data);
  if (id.some((part) => typeof part !== 'string' && !Number.isSafeInteger(part)))
    throw ill(`Each of '${kind.list}' must have the parts of its key.`);
  const errors = objectionsTo(kind.form, data);
  if (errors.length > 0) {
    out.rejected.push({ data, errors });
    return undefined;
  }
  const about = aboutOf(world, provider, data);
  out.unknownIssueKeys.push(...about.unknownIssueKeys.filter((key) => !out.unknownIssueKeys.includes(key)));
  out.unknownAssociations.push(...about.unknownAssociations);
  if (kind.needs && !about.known) {
    out.rejected.push({
      data,
      errors: ['It is not associated with anything that is known on this Jira site.'],
    });
    return undefined;
  }
  out.accepted.push(data);
  return {
    kind: kind.kind,
    provider,
    id: id.map(String),
    sequence: Number(data[kind.sequence]),
    properties,
    issues: about.issues,
    data: kind.kept?.(data, about.issues) ?? data,
  };
}

/** Keeps what was submitted, unless what is there is as new or newer. */
export function keep(world: World, rows: readonly DevOpsEntity[]): void {
  for (const row of rows) {
    const before = world.get(devOpsEntities, devOpsEntities.key(row));
    if (before && before.sequence >= row.sequence) continue;
    world.put(devOpsEntities, row);
  }
}

/** What is there by this id, ignoring what is on its way; undefined where there is nothing. */
export const entityOf = (
  world: World,
  provider: string,
  kind: DevOpsKind,
  id: readonly string[],
): DevOpsEntity | undefined => world.get(devOpsEntities, devOpsKey(provider, kind, id));

/** Which things go: by id (with those whose id begins so), or by all of some properties. */
export interface Removal {
  provider: string;
  kinds: readonly DevOpsKind[];
  id?: readonly string[];
  properties?: Readonly<Record<string, string>>;
  /** Only what is as old as this. */
  upTo?: number;
}

/** Has things removed in a while. */
export const removeLater = (world: World, removal: Removal): void => later(world, 'remove', removal);

export function remove(world: World, removal: Removal): void {
  for (const row of matching(world, removal)) world.remove(devOpsEntities, devOpsEntities.key(row));
}

/** The things that a removal would take. */
export function matching(world: World, { provider, kinds, id, properties, upTo }: Removal): DevOpsEntity[] {
  const old = (row: DevOpsEntity) => upTo === undefined || row.sequence <= upTo;
  if (id)
    return kinds.flatMap((kind) =>
      world.list(devOpsEntities, { prefix: devOpsKey(provider, kind, id), where: old }).toArray(),
    );
  const wanted = Object.entries(properties ?? {});
  const [first] = wanted;
  if (!first) return [];
  const all = (row: DevOpsEntity) => wanted.every(([key, value]) => row.properties[key] === value);
  return kinds.flatMap((kind) =>
    world
      .list(devOpsEntities, {
        index: 'property',
        equals: propertyKey(provider, kind, ...first),
        where: (row) => all(row) && old(row),
      })
      .toArray(),
  );
}
