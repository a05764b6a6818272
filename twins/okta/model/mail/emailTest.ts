/** Trying a mail out: the administrator who asks gets it. */
import type { World } from '../../../../src/world/world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findBrand } from '../look/brand.ts';
import type { User } from '../people/user.ts';
import { languageOf, PLACEHOLDERS, readerOf } from './emailRendering.ts';
import { findTemplate } from './emailTemplate.ts';
import { send } from './outgoing.ts';

/** Sends a mail of a template to both addresses of who asks for it, in `language` where there is a wording in it. */
export function sendTestEmail(
  world: World,
  who: Who,
  brandId: string,
  name: string,
  language: string | null,
): void {
  const template = findTemplate(world, brandId, name);
  const brand = findBrand(world, brandId);
  const user = readerOf(world, who);
  const reader: User = {
    ...user,
    profile: { ...user.profile, preferredLanguage: language ?? languageOf(user, brand) },
  };
  const addresses = [user.profile.email, user.profile.secondEmail].filter((one) => typeof one === 'string');
  for (const to of addresses)
    send(world, {
      user: reader,
      by: 'email',
      to,
      kind: template,
      values: PLACEHOLDERS,
      who,
      brandId,
      always: true,
    });
  recordChange(world, who, 'system.email.delivery', `Email delivery: ${template}`, {
    id: user.id,
    type: 'User',
    name: template,
    alternateId: user.profile.email,
  });
}
