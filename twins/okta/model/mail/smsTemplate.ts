/** Wordings of the org's text messages. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { smsTemplates } from '../../world/delivery.ts';

/** A wording in the vendor's shape. */
export interface SmsTemplate {
  id: string;
  name: string;
  type: 'SMS_VERIFY_CODE';
  template: string;
  created: string;
  lastUpdated: string;
  translations: Record<string, string>;
}

export interface SmsTemplateInput {
  name?: string;
  type?: string;
  template?: string;
  translations?: Record<string, string>;
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Template/ */
const TEMPLATE_CHARS_MAX = 161;
const NAME_CHARS_MAX = 50;

/** The wording with this id, or E0000007. */
export const findSmsTemplate = (world: World, id: string): SmsTemplate =>
  world.require(smsTemplates, id, () => notFound(id, 'AppInstance'));

/** Makes a wording. Throws E0000001 for missing parts, a text without its code, a second one of its type. */
export function createSmsTemplate(world: World, input: SmsTemplateInput | undefined): SmsTemplate {
  const parts = checked(input);
  if (world.list(smsTemplates, { where: (one) => one.type === parts.type }).first())
    throw invalid('type', `type: There is a custom template of type ${parts.type} already`);
  const now = stamp(world.now());
  return world.insert(smsTemplates, {
    id: newId(world, 'cst'),
    name: parts.name,
    type: parts.type,
    template: parts.template,
    created: now,
    lastUpdated: now,
    translations: parts.translations,
  });
}

/** Replaces a wording with all its translations. */
export function replaceSmsTemplate(
  world: World,
  id: string,
  input: SmsTemplateInput | undefined,
): SmsTemplate {
  findSmsTemplate(world, id);
  return world.update(smsTemplates, id, { ...checked(input), lastUpdated: stamp(world.now()) });
}

/** Changes the parts that are sent; translations are added to those that are there. */
export function updateSmsTemplate(
  world: World,
  id: string,
  input: SmsTemplateInput | undefined,
): SmsTemplate {
  const old = findSmsTemplate(world, id);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const translations = { ...old.translations, ...input.translations };
  return replaceSmsTemplate(world, id, { ...old, ...input, translations });
}

/** Removes a wording: the vendor's own is sent again. */
export function deleteSmsTemplate(world: World, id: string): void {
  findSmsTemplate(world, id);
  world.remove(smsTemplates, id);
}

const CODE = '${code}';

function checked(input: SmsTemplateInput | undefined) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type, template, translations = {} } = input;
  if (!name) throw blank('name');
  if (name.length > NAME_CHARS_MAX)
    throw invalid('name', `name: The field cannot exceed ${NAME_CHARS_MAX} characters`);
  if (type !== 'SMS_VERIFY_CODE') throw invalid('type', 'type: The template type is not valid');
  if (!template) throw blank('template');
  for (const text of [template, ...Object.values(translations)]) {
    if (!text.includes(CODE)) throw invalid('template', `template: The template must contain ${CODE}`);
    if (text.length > TEMPLATE_CHARS_MAX)
      throw invalid('template', `template: The field cannot exceed ${TEMPLATE_CHARS_MAX} characters`);
  }
  return { name, type, template, translations } as const;
}
