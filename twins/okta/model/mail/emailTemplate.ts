/** E-mails that the org sends, by template, and how a brand words them in each language. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { EMAIL_BODY_BYTES_MAX, EMAIL_SUBJECT_CHARS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { emailCustomizations } from '../../world/look.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findBrand } from '../look/brand.ts';
import { LANGUAGES } from '../look/language.ts';
import { CUSTOM_LANGUAGES, featureIsOn } from '../org/feature.ts';
import { defaultBody, emailContent } from './emailContent.ts';

/** https://developer.okta.com/docs/guides/custom-email/main/#email-templates */
export const TEMPLATES: readonly string[] = [
  'UserActivation',
  'UserBootstrappedActivation',
  'ForgotPassword',
  'ForgotPasswordDenied',
  'PasswordResetByAdmin',
  'ADForgotPassword',
  'ADForgotPasswordDenied',
  'LDAPForgotPassword',
  'LDAPForgotPasswordDenied',
  'ADUserActivation',
  'LDAPUserActivation',
  'ADPasswordResetByAdmin',
  'LDAPPasswordResetByAdmin',
  'PasswordChanged',
  'AccountLockout',
  'SelfServiceUnlock',
  'SelfServiceUnlockOnUnlockedAccount',
  'ADSelfServiceUnlock',
  'ADSelfServiceUnlockOnUnlockedAccount',
  'LDAPSelfServiceUnlock',
  'LDAPSelfServiceUnlockOnUnlockedAccount',
  'EmailChallenge',
  'EmailFactorVerification',
  'ChangeEmailConfirmation',
  'EmailChangeConfirmation',
  'EmailLinkAuthenticationTransaction',
  'EmailLinkRecoveryADPwdTransaction',
  'EmailLinkRecoveryLDAPPwdTransaction',
  'EmailLinkFactorTransaction',
  'EmailLinkRecoveryTransaction',
  'EmailTransactionVerification',
  'RegistrationActivation',
  'RegistrationEmailVerification',
  'NewSignOnNotification',
  'AuthenticatorEnrolled',
  'AuthenticatorReset',
  'ActivityReport',
  'MyAccountChangeConfirmation',
  'IdentityProviderRemoved',
];

/** What the first template was called when templates were new; programs of that time still ask for it. */
const OLD_NAME = 'welcome';

/** A wording in the vendor's shape, less links; brand and template are shown in the address. */
export interface EmailCustomization {
  brandId: string;
  template: string;
  subject: string;
  body: string;
  id: string;
  language: string;
  isDefault: boolean;
  created: string;
  lastUpdated: string;
}

export interface EmailInput {
  subject?: string;
  body?: string;
  language?: string;
  isDefault?: boolean;
}

/** Subject and body, with or without references. */
export interface Wording {
  subject: string;
  body: string;
}

/** What a template says from the beginning. */
export const defaultWording = (template: string): Wording => ({
  subject: emailContent(template).subject,
  body: defaultBody(template),
});

/** The template with this name, case aside, or E0000007. */
export function findTemplate(world: World, brandId: string, name: string): string {
  findBrand(world, brandId);
  const asked = name === OLD_NAME ? TEMPLATES[0] : name;
  const found = TEMPLATES.find((one) => one.toLowerCase() === asked?.toLowerCase());
  if (!found) throw notFound(name, 'EmailTemplate');
  return found;
}

/** The wordings of a template, by age. */
export const customizationsOf = (world: World, brandId: string, name: string): Range<EmailCustomization> =>
  world.list(emailCustomizations, {
    index: 'template',
    equals: keyOf(brandId, findTemplate(world, brandId, name)),
  });

/** One wording, or E0000007. */
export function findCustomization(
  world: World,
  brandId: string,
  name: string,
  id: string,
): EmailCustomization {
  const template = findTemplate(world, brandId, name);
  const row = world.get(emailCustomizations, id);
  if (!row || row.brandId !== brandId || row.template !== template) throw notFound(id, 'EmailCustomization');
  return row;
}

/**
 * Adds a wording; the first is the default. Throws E0000183 for a language that is there already, E0000182 for a second
 * default, E0000237 for a language that the service does not speak, E0000001 for parts that are missing or too long.
 */
export function createCustomization(
  world: World,
  who: Who,
  brandId: string,
  name: string,
  input: EmailInput | undefined,
): EmailCustomization {
  const template = findTemplate(world, brandId, name);
  const others = customizationsOf(world, brandId, template).toArray();
  const { subject, body, language } = checked(world, template, input, others);
  if (isTaken(others, language)) throw refuse('E0000183');
  if (input?.isDefault === true && others.length > 0) throw refuse('E0000182');
  const isDefault = others.length === 0;
  const now = stamp(world.now());
  const row = world.insert(emailCustomizations, {
    brandId,
    template,
    subject,
    body,
    id: newId(world, 'oel'),
    language,
    isDefault,
    created: now,
    lastUpdated: now,
  });
  log(world, who, 'create', row);
  return row;
}

/** Replaces a wording. Throws E0000185 where the default would stop being one. */
export function replaceCustomization(
  world: World,
  who: Who,
  brandId: string,
  name: string,
  id: string,
  input: EmailInput | undefined,
): EmailCustomization {
  const old = findCustomization(world, brandId, name, id);
  const all = customizationsOf(world, brandId, name).toArray();
  const { subject, body, language } = checked(world, old.template, input, all);
  if (old.isDefault && input?.isDefault === false) throw refuse('E0000185');
  const others = all.filter((one) => one.id !== id);
  if (isTaken(others, language)) throw refuse('E0000183');
  if (input?.isDefault === true) undefault(world, others);
  const changed = world.update(emailCustomizations, id, {
    subject,
    body,
    language,
    isDefault: input?.isDefault ?? old.isDefault,
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'update', changed);
  return changed;
}

/** Removes a wording. Throws E0000184 for the default while there are others. */
export function deleteCustomization(world: World, who: Who, brandId: string, name: string, id: string): void {
  const row = findCustomization(world, brandId, name, id);
  const count = customizationsOf(world, brandId, name).count();
  if (row.isDefault && count > 1) throw refuse('E0000184');
  world.remove(emailCustomizations, id);
  log(world, who, 'delete', row);
}

/** Removes all wordings of a template. */
export function deleteCustomizations(world: World, who: Who, brandId: string, name: string): void {
  for (const row of customizationsOf(world, brandId, name).toArray()) {
    world.remove(emailCustomizations, row.id);
    log(world, who, 'delete', row);
  }
}

/** The key under which the wordings of a template are found. */
export const keyOf = (brandId: string, template: string): string => `${brandId}/${template}`;

function log(world: World, who: Who, verb: string, row: EmailCustomization): void {
  const thing = { id: row.id, type: 'EmailCustomization', name: row.template, alternateId: row.language };
  recordChange(world, who, `system.email.template.${verb}`, `Email template ${verb}`, thing);
}

function undefault(world: World, rows: readonly EmailCustomization[]): void {
  for (const row of rows) if (row.isDefault) world.update(emailCustomizations, row.id, { isDefault: false });
}

const isTaken = (others: readonly EmailCustomization[], language: string): boolean =>
  others.some((one) => one.language.toLowerCase() === language.toLowerCase());

/** BCP 47, as far as a language, a script and a region. */
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Z]{2}|\d{3}))?$/;

/** A wording that may be kept; where the org has the feature, what is left out is taken from the default one. */
function checked(
  world: World,
  template: string,
  input: EmailInput | undefined,
  others: readonly EmailCustomization[],
): Wording & { language: string } {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { language } = input;
  if (!language) throw blank('language');
  const anyLanguage = featureIsOn(world, CUSTOM_LANGUAGES);
  if (!LANGUAGES.has(language) && !(anyLanguage && LANGUAGE.test(language))) throw refuse('E0000237');
  const instead = anyLanguage ? (others.find((one) => one.isDefault) ?? defaultWording(template)) : undefined;
  const subject = input.subject || instead?.subject;
  const body = input.body || instead?.body;
  if (!subject) throw blank('subject');
  if (!body) throw blank('body');
  if (subject.length > EMAIL_SUBJECT_CHARS_MAX)
    throw invalid('subject', `subject: The field cannot exceed ${EMAIL_SUBJECT_CHARS_MAX} characters`);
  if (Buffer.byteLength(body) > EMAIL_BODY_BYTES_MAX)
    throw invalid('body', `body: The field cannot exceed ${EMAIL_BODY_BYTES_MAX} bytes`);
  const { needs } = emailContent(template);
  if (needs && !needs.some((name) => body.includes(name)))
    throw invalid('body', `body: The template must contain one of the variables ${needs.join(', ')}`);
  return { subject, body, language };
}
