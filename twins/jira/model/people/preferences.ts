/**
 * What a person set for themselves.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { PREFERENCE_CHARS_MAX } from '../../limits.ts';
import { preferences, type User, users } from '../../world.ts';

/** What the keys that Jira knows stand at until they are set. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'user.notifications.mimetype': 'html',
  'user.default.share.private': 'true',
  'user.keyboard.shortcuts.disabled': 'false',
  'user.notify.own.changes': 'false',
  'user.notifications.watcher': 'true',
  'user.notifications.assignee': 'true',
  'user.notifications.reporter': 'true',
  'user.notifications.mentions': 'true',
};

/** A preference of a person, or what it is by default; undefined where it is neither set nor known. */
export const preferenceOf = (world: World, accountId: string, key: string): string | undefined =>
  world.get(preferences, `${accountId}/${key}`)?.value ??
  (Object.hasOwn(DEFAULTS, key) ? DEFAULTS[key] : undefined);

/** The same; 404 where there is none. */
export function requirePreference(world: World, user: User, key: string | null): string {
  const found = key ? preferenceOf(world, user.accountId, key) : undefined;
  if (found === undefined) throw missing(`key not found: ${key ?? ''}`);
  return found;
}

/** Sets a preference; 404, as Jira has it, for a missing or long key or value. */
export function setPreference(world: World, user: User, key: string | null, value: unknown): void {
  if (!key || key.length > PREFERENCE_CHARS_MAX) throw missing('key not found or too long');
  const text = typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '' || text.length > PREFERENCE_CHARS_MAX)
    throw missing('The value of the preference is missing or too long.');
  world.put(preferences, { accountId: user.accountId, key, value: text });
}

/** Takes a preference back; 404 where it was not set. */
export function removePreference(world: World, user: User, key: string | null): void {
  if (!key || !world.remove(preferences, `${user.accountId}/${key}`))
    throw missing(`key not found: ${key ?? ''}`);
}

/** Whether a person watches what they make or comment on, without asking for it. */
export const watchesOwn = (world: World, user: User): boolean =>
  preferenceOf(world, user.accountId, 'user.autowatch.disabled') !== 'true';

const LOCALES: ReadonlySet<string> = new Set(
  'cs_CZ da_DK de_DE en_UK en_US es_ES et_EE fi_FI fr_FR hu_HU is_IS it_IT ja_JP ko_KR nl_NL no_NO pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_TW'.split(
    ' ',
  ),
);

/** Sets a person's language; 400 for one that Jira does not speak. */
export function setLocale(world: World, user: User, locale: unknown): void {
  if (typeof locale !== 'string' || !LOCALES.has(locale))
    throw badQuery(`The locale '${String(locale)}' is not supported.`);
  world.update(users, user.accountId, { locale });
}
