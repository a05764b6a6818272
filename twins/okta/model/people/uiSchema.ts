/** UI schemas: which fields an enrolment form shows. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { uiSchemas } from '../../world/directory.ts';
import { policyRules } from '../../world.ts';
import { findSchema } from './schema.ts';

/** A UI schema in the vendor's shape, less links. */
export interface UiSchema {
  id: string;
  uiSchema: UiForm;
  created: string;
  lastUpdated: string;
}

/** A form: what is over it, on its button, and its fields in order. */
export interface UiForm {
  type?: string;
  label?: string;
  buttonLabel?: string;
  elements?: UiElement[];
}

/** A field: `scope` names an attribute of users, as `#/properties/firstName`. */
export interface UiElement {
  type?: string;
  scope?: string;
  label?: string;
  options?: { format?: string };
}

/** The UI schema with this id, or E0000007. */
export const findUiSchema = (world: World, id: string): UiSchema =>
  world.require(uiSchemas, id, () => notFound(id, 'UISchemaEntity'));

/** Makes a UI schema. Throws E0000001 where there is none in it, and for a field that no form can show. */
export function createUiSchema(world: World, input: Partial<UiSchema> | undefined): UiSchema {
  const now = stamp(world.now());
  return world.insert(uiSchemas, {
    id: newId(world, 'uis'),
    uiSchema: checked(world, input),
    created: now,
    lastUpdated: now,
  });
}

/** Replaces a UI schema. */
export function replaceUiSchema(world: World, id: string, input: Partial<UiSchema> | undefined): UiSchema {
  findUiSchema(world, id);
  return world.update(uiSchemas, id, {
    uiSchema: checked(world, input),
    lastUpdated: stamp(world.now()),
  });
}

/** Removes a UI schema. Throws E0000001 while the rule of an enrolment policy shows it. */
export function deleteUiSchema(world: World, id: string): void {
  findUiSchema(world, id);
  const shown = world.list(policyRules, { where: (rule) => uiSchemaOf(rule.actions) === id }).first();
  if (shown) throw invalid('uiSchema', `The UI schema is in use by the policy rule ${shown.name}`);
  world.remove(uiSchemas, id);
}

/** The UI schema that the actions of a policy's rule name. */
export const uiSchemaOf = (actions: Record<string, unknown>): unknown =>
  (actions.profileEnrollment as { uiSchemaId?: unknown } | undefined)?.uiSchemaId;

const FORMATS: ReadonlySet<string> = new Set([
  ...['text', 'radio', 'select', 'checkbox', 'radio_yes_no', 'radio_true_false'],
]);
const SCOPE = /^#\/properties\/(\w+)$/;

function checked(world: World, input: Partial<UiSchema> | undefined): UiForm {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const form = input.uiSchema;
  if (!form || typeof form !== 'object') throw blank('uiSchema');
  const { base, custom } = findSchema(world, 'default');
  for (const { scope, options } of form.elements ?? []) {
    const name = scope === undefined ? undefined : (SCOPE.exec(scope)?.[1] ?? '');
    if (name !== undefined && !(Object.hasOwn(base, name) || Object.hasOwn(custom, name)))
      throw invalid('scope', `scope: '${scope}' is not an attribute of the user profile`);
    if (options?.format !== undefined && !FORMATS.has(options.format))
      throw invalid('format', `format: '${options.format}' is not supported`);
  }
  return form;
}
