/** Profile schemas of apps: what an app knows of its users, by how they sign in. */
import type { World } from '../../../../src/world/world.ts';
import { stamp } from '../../time.ts';
import { schemas } from '../../world.ts';
import type { Attribute } from '../people/attribute.ts';

/** Gives a new app its schema. */
export function addAppSchema(
  world: World,
  app: { id: string; name: string; label: string; signOnMode: string | null },
): void {
  const now = stamp(world.now());
  world.insert(schemas, {
    id: app.id,
    of: 'app',
    name: app.name,
    title: `${app.label} User`,
    created: now,
    lastUpdated: now,
    base: app.signOnMode === 'OPENID_CONNECT' ? OIDC_BASE : PLAIN_BASE,
    custom: {},
  });
}

const attribute = (title: string, description?: string, externalName?: string): Attribute => ({
  title,
  ...(description ? { description } : {}),
  type: 'string',
  ...(externalName ? { externalName } : {}),
  scope: 'SELF',
});

const PLAIN_BASE: Record<string, Attribute> = {
  userName: { title: 'Username', type: 'string', required: true, scope: 'NONE', maxLength: 100 },
};

/** https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
const OIDC_BASE: Record<string, Attribute> = {
  userName: {
    title: 'Username',
    type: 'string',
    required: true,
    externalName: 'preferred_username',
    scope: 'SELF',
  },
  name: attribute('Name', "End-User's full name in displayable form."),
  nickname: attribute('Nickname', 'Casual name of the End-User.'),
  given_name: attribute('Given Name', 'Given name or first name of the End-User.'),
  middle_name: attribute('Middle Name', 'Middle name of the End-User.'),
  family_name: attribute('Family Name', 'Surname or last name of the End-User.'),
  email: attribute('Email', "End-User's preferred e-mail address."),
  profile: attribute('Profile URL', "URL of the End-User's profile page."),
  picture: attribute('Picture URL', "URL of the End-User's profile picture."),
  website: attribute('Website', "URL of the End-User's Web page or blog."),
  gender: attribute('Gender', "End-User's gender."),
  birthdate: attribute('Birthdate', "End-User's birthday, as YYYY-MM-DD."),
  zoneinfo: attribute('Time Zone', "String representing the End-User's time zone."),
  locale: attribute('Locale Name', "The End-User's locale, as en-US."),
  phone_number: attribute('Phone Number', "End-User's preferred telephone number in E.164 format."),
  street_address: attribute('Street Address', 'Full street address component.', 'address.street_address'),
  locality: attribute('Locality', 'City or locality component.', 'address.locality'),
  region: attribute('Region', 'State, province, prefecture, or region component.', 'address.region'),
  postal_code: attribute('Postal Code', 'Zip code or postal code component.', 'address.postal_code'),
  country: attribute('Country', 'Country name component.', 'address.country'),
  formatted: attribute('Formatted', 'Full mailing address, formatted for display.', 'address.formatted'),
};
