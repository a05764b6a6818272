/** A mail as its reader sees it: the wording in their language, with person, brand and org filled in. */
import type { World } from '../../../../src/world/world.ts';
import { ACTIVATION_HOURS } from '../../limits.ts';
import { OKTA_LOGO } from '../../links.ts';
import { stamp } from '../../time.ts';
import { groups, org } from '../../world.ts';
import { membershipsOf } from '../groups/group.ts';
import type { Who } from '../log/log.ts';
import { type Brand, findBrand, THEME_DEFAULTS, themesOf } from '../look/brand.ts';
import { imageAddress } from '../look/themeImage.ts';
import { contactOf } from '../org/org.ts';
import { displayName, findUser, type User } from '../people/user.ts';
import { customizationsOf, defaultWording, type Wording } from './emailTemplate.ts';
import { renderVelocity, type Value, type Values } from './velocity.ts';

/** Who reads a mail that is tried out: whoever asks, else (a service app has no mail) the org's technical contact. */
export const readerOf = (world: World, who: Who): User =>
  who.type === 'User' ? findUser(world, who.id) : contactOf(world, 'TECHNICAL');

/** In which language a person reads: their own, else the brand's, else English. BCP 47. */
export const languageOf = (user: User, brand: Brand): string =>
  String(user.profile.preferredLanguage ?? user.profile.locale ?? brand.locale ?? 'en').replace('_', '-');

/**
 * The wording of a template for `language`: that language's, else the default one, else the service's own.
 * A customised template is not sent in the service's words in any language.
 */
export function wordingFor(world: World, brandId: string, template: string, language: string): Wording {
  const worded = customizationsOf(world, brandId, template).toArray();
  const is = (wanted: string) => worded.find((one) => one.language.toLowerCase() === wanted.toLowerCase());
  return (
    is(language) ??
    is(language.split('-', 1)[0] as string) ??
    worded.find((one) => one.isDefault) ??
    defaultWording(template)
  );
}

/** Fills a wording in for a person. */
export function rendered(world: World, brand: Brand, user: User, wording: Wording, values: Values): Wording {
  const asksForGroups = /user\.groups/.test(wording.body + wording.subject);
  const all = { ...contextOf(world, brand, user, asksForGroups), ...values };
  return { subject: renderVelocity(wording.subject, all), body: renderVelocity(wording.body, all) };
}

/** References that the mail which is sent makes up. */
const MADE_UP = [
  ...['activationLink', 'activationToken', 'resetPasswordLink', 'recoveryToken', 'oneTimePassword'],
  ...['unlockAccountLink', 'verificationLink', 'verificationToken', 'emailAuthenticationLink'],
  ...['newEmail', 'oldEmail', 'authenticatorName', 'samAccountName', 'recoveryTokenExpirationDate'],
];

/** What stands for them where no mail is really due. */
export const PLACEHOLDERS: Readonly<Record<string, string>> = Object.fromEntries(
  MADE_UP.map((name) => [name, `(${name} Placeholder)`]),
);

/** A wording as the admin console previews it for `user`. The service puts its own page around the body. */
export function previewOf(world: World, brandId: string, user: User, wording: Wording): Wording {
  const { subject, body } = rendered(world, findBrand(world, brandId), user, wording, PLACEHOLDERS);
  const inner = /<body[^>]*>([\s\S]*)<\/body>/i.exec(body)?.[1] ?? body;
  const linked = inner.replace(
    /((?:href|src)=")\((\w+) Placeholder\)/g,
    (_, start: string, name: string) => `${start}%28${name}%20Placeholder%29`,
  );
  return { subject, body: `${PAGE_START}<div>${linked}</div></body></html>` };
}

const PAGE_START =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n' +
  '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>\n<body>';

/** https://help.okta.com/oie/en-us/content/topics/settings/velocity-variables.htm */
function contextOf(world: World, brand: Brand, user: User, withGroups: boolean): Values {
  const { companyName, subdomain } = org(world);
  const profile = {
    ...(user.profile as Record<string, Value>),
    username: user.profile.login,
    fullName: displayName(user),
  };
  const now = stamp(world.now());
  return {
    user: {
      ...profile,
      profile,
      ...(withGroups ? { groups: groupsOf(world, user.id) } : {}),
    },
    org: {
      name: companyName,
      locale: 'en_US',
      subDomain: subdomain,
      activationTokenExpirationHours: ACTIVATION_HOURS,
    },
    brand: { name: brand.name, theme: themeOf(world, brand) },
    baseURL: world.base(),
    oktaLogoUrl: OKTA_LOGO,
    request: {
      date: now.slice(0, 10),
      time: now.slice(11, 19),
      ...{ ipAddress: '', location: '', browser: '', device: '' },
    },
    app: { name: 'Okta', id: '' },
  };
}

/** The theme's own colours and logo only where the brand puts them into its mails. */
function themeOf(world: World, brand: Brand): Record<string, Value> {
  const [theme] = themesOf(world, brand.id);
  const own = theme && theme.emailTemplateTouchPointVariant !== 'OKTA_DEFAULT' ? theme : undefined;
  const colours = own ?? THEME_DEFAULTS;
  return {
    logo: imageAddress(world, own?.logo ?? OKTA_LOGO),
    primaryColor: colours.primaryColorHex,
    primaryColorContrast: colours.primaryColorContrastHex,
    secondaryColor: colours.secondaryColorHex,
    secondaryColorContrast: colours.secondaryColorContrastHex,
  };
}

function groupsOf(world: World, userId: string): Record<string, Value> {
  const ids = membershipsOf(world, userId).map((row) => row.groupId);
  return { ids, names: ids.map((id) => world.get(groups, id)?.profile.name ?? '') };
}
