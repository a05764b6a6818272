/** Who gets a mail of the org, what it says unless it is worded otherwise, and trying it out. */
import type { World } from '../../../src/world/world.ts';
import { invalid } from '../errors.ts';
import { emailSettings } from '../world/delivery.ts';
import { customizationsOf, findTemplate } from './emailTemplate.ts';
import { recordChange, type Who } from './log.ts';
import { findUser } from './user.ts';

/** Who gets the mails of a template of a brand. */
export interface EmailSetting {
  brandId: string;
  template: string;
  recipients: 'ALL_USERS' | 'ADMINS_ONLY' | 'NO_USERS';
}

const RECIPIENTS: ReadonlySet<unknown> = new Set(['ALL_USERS', 'ADMINS_ONLY', 'NO_USERS']);

/** Who gets the mails of a template; everybody unless said otherwise. */
export function emailSetting(world: World, brandId: string, name: string): EmailSetting {
  const template = findTemplate(world, brandId, name);
  return world.get(emailSettings, `${brandId}/${template}`) ?? { brandId, template, recipients: 'ALL_USERS' };
}

/** Says who gets the mails of a template. Throws E0000001 for another word than the vendor's three. */
export function setEmailSetting(
  world: World,
  who: Who,
  brandId: string,
  name: string,
  input: { recipients?: string } | undefined,
): EmailSetting {
  const template = findTemplate(world, brandId, name);
  if (!RECIPIENTS.has(input?.recipients))
    throw invalid('recipients', 'recipients: The recipients are not valid');
  const recipients = input?.recipients as EmailSetting['recipients'];
  const thing = { id: brandId, type: 'Brand', name: template };
  recordChange(world, who, 'system.email.template.settings_changed', 'Email settings changed', thing);
  return world.put(emailSettings, { brandId, template, recipients });
}

/** What a mail says that nobody worded. */
export function defaultContent(
  world: World,
  brandId: string,
  name: string,
): { subject: string; body: string } {
  const title = findTemplate(world, brandId, name).replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    subject: `${title} - $\{org.name}`,
    body: `<!DOCTYPE html><html><body><p>Hi $\{user.profile.firstName},</p><p>${title}</p></body></html>`,
  };
}

/** Sends a mail of a template to who asks for it. */
export function sendTestEmail(
  world: World,
  who: Who,
  brandId: string,
  name: string,
  language: string | null,
): void {
  const template = findTemplate(world, brandId, name);
  const worded = customizationsOf(world, brandId, template).toArray();
  const found = worded.find((row) => row.language === language) ?? worded.find((row) => row.isDefault);
  const { id, profile } = findUser(world, who.id);
  recordChange(world, who, 'system.email.delivery', `Email delivery: ${found?.subject ?? template}`, {
    id,
    type: 'User',
    name: template,
    alternateId: profile.email,
  });
}
