/**
 * Fields that Connect apps bring along (`jiraIssueFields` of their descriptors): they are the app's, and nobody else
 * changes them.
 * https://developer.atlassian.com/cloud/jira/platform/modules/issue-field/
 */
import type { World } from '../../../../src/world/world.ts';
import { forbidden, missing } from '../../errors.ts';
import { type CustomField, customFields, type User } from '../../world.ts';
import { nextId } from '../ids.ts';
import { may } from '../permissions/may.ts';
import { insertDefaultContext, removeFieldRows } from './customFields.ts';
import { fieldsChange } from './fields.ts';
import { APP_FIELD_PREFIX, appFieldSchema } from './fieldTypes.ts';
import { FIRST_OWN_FIELD } from './siteFields.ts';

/** A module as a descriptor has it. */
export interface IssueFieldModule {
  key?: unknown;
  type?: unknown;
  name?: unknown;
  description?: unknown;
}

const textIn = (value: unknown): string =>
  String((value as { value?: unknown } | null | undefined)?.value ?? '');

/** Gives the site a field of an app; nothing for a module that is none. */
export function declareField(world: World, app: string, module: IssueFieldModule): void {
  const { key, type, name, description } = module;
  if (typeof key !== 'string' || typeof type !== 'string' || appFieldSchema(type) === undefined) return;
  fieldsChange(world);
  const row = world.insert(customFields, {
    id: `customfield_${nextId(world, 'customField', FIRST_OWN_FIELD)}`,
    name: textIn(name),
    description: textIn(description),
    type: `${APP_FIELD_PREFIX}${app}__${key}`,
    isLocked: true,
    app: { key: app, fieldKey: `${app}__${key}`, type },
  });
  insertDefaultContext(world, row);
}

/** Takes the fields of an app away, with their values: those with these keys, or all. */
export function dropFields(world: World, app: string, keys?: readonly string[]): void {
  for (const row of world.list(customFields, { index: 'app', equals: app }).toArray())
    if (keys === undefined || keys.some((key) => row.app?.fieldKey === `${app}__${key}`))
      removeFieldRows(world, row.id);
}

/** A field that an app brought along; 404 in the vendor's words. */
export type AppField = CustomField & { app: NonNullable<CustomField['app']> };

/** By its key (`my-app__team`) or its id. */
export function requireAppField(world: World, keyOrId: string): AppField {
  const row =
    world.get(customFields, keyOrId) ??
    world.list(customFields, { index: 'fieldKey', equals: keyOrId }).first();
  if (!row?.app) throw missing(`The field '${keyOrId}' was not found or was not provided by an app.`);
  return row as AppField;
}

/** A field of an app that offers choices. */
export function requireSelectField(world: World, keyOrId: string): AppField {
  const field = requireAppField(world, keyOrId);
  if (!field.app.type.endsWith('_select')) throw missing(`The field '${keyOrId}' does not support options.`);
  return field;
}

/** Refuses everybody but the app that brought the field along and (unless `appOnly`) administrators: 403. */
export function requireOwner(
  world: World,
  user: User,
  callingApp: string | undefined,
  field: AppField,
  appOnly = false,
): void {
  if (callingApp === field.app.key) return;
  if (!appOnly && may(world, user, 'ADMINISTER')) return;
  throw forbidden('The request is not authenticated as the app that provided the field.');
}
