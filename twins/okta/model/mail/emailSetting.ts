/** Who gets the mails of a template. */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { emailSettings } from '../../world/delivery.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findTemplate } from './emailTemplate.ts';

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
