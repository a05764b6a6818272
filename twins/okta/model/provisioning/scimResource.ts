/** Users and groups as SCIM 2.0 resources, and back. https://developer.okta.com/docs/reference/scim/scim-20/ */
import { isRecord } from '../../../../src/json.ts';
import type { AppUser } from '../apps/appUser.ts';
import type { Attribute } from '../people/attribute.ts';
import type { Schema } from '../people/schema.ts';
import { CORE_USER } from './scimSchema.ts';

export type Resource = Readonly<Record<string, unknown>>;

const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** An app user as a User, less `active` and `password`. Each attribute goes where the app's schema says. */
export function scimUser(schema: Schema | undefined, row: AppUser): Resource {
  const resource: Record<string, unknown> = { schemas: [CORE_USER], userName: row.credentials?.userName };
  const attributes = { ...schema?.base, ...schema?.custom };
  for (const [name, value] of Object.entries(row.profile)) {
    const { externalName, externalNamespace } = placeOf(attributes[name]);
    if (!externalName || name === 'userName') continue;
    if (externalNamespace === CORE_USER) put(resource, externalName, value);
    else {
      put(held(resource, externalNamespace, {}), externalName, value);
      if (!(resource.schemas as string[]).includes(externalNamespace))
        (resource.schemas as string[]).push(externalNamespace);
    }
  }
  return { ...resource, externalId: row.id, groups: [] };
}

/** The profile that a User holds, by the app's schema, with its `userName`. */
export function profileIn(schema: Schema | undefined, resource: Resource): Record<string, unknown> {
  const profile: Record<string, unknown> = { userName: resource.userName };
  for (const [name, attribute] of Object.entries({ ...schema?.base, ...schema?.custom })) {
    const { externalName, externalNamespace } = placeOf(attribute);
    if (!externalName) continue;
    const root = externalNamespace === CORE_USER ? resource : resource[externalNamespace];
    const value = isRecord(root) ? get(root, externalName) : undefined;
    if (value !== undefined && value !== null && value !== '') profile[name] = value;
  }
  return profile;
}

/** A User that was read, with what Okta knows of it: parts of ours replace parts of theirs. */
export function overlaid(theirs: Resource, ours: Resource): Resource {
  const { groups: _, ...known } = ours;
  const merged: Record<string, unknown> = { ...theirs };
  for (const [key, value] of Object.entries(known)) {
    const before = theirs[key];
    merged[key] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
  }
  return merged;
}

export interface Member {
  value: string;
  display: string;
}

export const scimGroup = (displayName: string, members: readonly Member[]): Resource => ({
  schemas: [CORE_GROUP],
  displayName,
  members,
});

/** A PATCH that replaces attributes of the resource itself. */
export const replacing = (value: Resource): Resource => patch([{ op: 'replace', value }]);

/** A PATCH that takes members out and puts members in. */
export const membersChanged = (gone: readonly string[], come: readonly Member[]): Resource =>
  patch([
    ...gone.map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` })),
    ...(come.length > 0 ? [{ op: 'add', path: 'members', value: come }] : []),
  ]);

/** A PATCH that says all members anew. */
export const membersReplaced = (value: readonly Member[]): Resource =>
  patch([{ op: 'replace', path: 'members', value }]);

const patch = (operations: readonly Resource[]): Resource => ({
  schemas: [PATCH_OP],
  Operations: operations,
});

const placeOf = (attribute: Attribute | undefined): { externalName?: string; externalNamespace: string } => ({
  ...(typeof attribute?.externalName === 'string' ? { externalName: attribute.externalName } : {}),
  externalNamespace:
    typeof attribute?.externalNamespace === 'string' ? attribute.externalNamespace : CORE_USER,
});

/** `emails.^[primary==true].value`: which of a list, by what it holds. */
const PICK = /^\^\[(\w+)==(.+)\]$/;

const literal = (text: string): unknown =>
  text === 'true' ? true : text === 'false' ? false : text.replace(/^['"]|['"]$/g, '');

function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() as string;
  let at: Record<string, unknown> = target;
  for (const [i, step] of steps.entries()) {
    if (PICK.test(step)) continue;
    const pick = PICK.exec(steps[i + 1] ?? '');
    at = pick
      ? picked(held<Record<string, unknown>[]>(at, step, []), pick[1] as string, pick[2] as string)
      : held(at, step, {});
  }
  at[last] = value;
}

/** What is at a key, put there first where nothing is. */
function held<T = Record<string, unknown>>(target: Record<string, unknown>, key: string, empty: T): T {
  target[key] ??= empty;
  return target[key] as T;
}

function picked(list: Record<string, unknown>[], key: string, text: string): Record<string, unknown> {
  const found = list.find((one) => one[key] === literal(text));
  if (found) return found;
  const made = { [key]: literal(text) };
  list.push(made);
  return made;
}

function get(root: Resource, path: string): unknown {
  let at: unknown = root;
  for (const step of path.split('.')) {
    const pick = PICK.exec(step);
    if (pick && Array.isArray(at)) {
      const [, key = '', text = ''] = pick;
      at =
        at.find((one) => isRecord(one) && one[key] === literal(text)) ??
        (key === 'primary' ? at[0] : undefined);
    } else at = isRecord(at) ? at[step] : undefined;
  }
  return at;
}
