/**
 * Application properties: what administrators set for the whole site.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jira-settings/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { SETTING_CHARS_MAX } from '../../limits.ts';
import { settings, type User } from '../../world.ts';
import { audit, changesOf } from './audit.ts';
import { SETTINGS, type Setting } from './settingKinds.ts';

/** The value of a setting that the site knows. */
export const settingOf = (world: World, key: string): string =>
  world.get(settings, key)?.value ?? SETTINGS.find((one) => one.key === key)?.defaultValue ?? '';

/** The setting called so; 404 in the vendor's words. */
export function requireSetting(key: string): Setting {
  const found = SETTINGS.find((one) => one.key === key);
  if (!found) throw missing(`Key '${key}' is invalid or not found.`);
  return found;
}

/** Sets it; 400 for a value of another type, with a record of the change. */
export function setSetting(world: World, user: User, key: string, value: unknown): Setting {
  const setting = requireSetting(key);
  const text = checked(setting, value);
  const before = settingOf(world, key);
  world.put(settings, { key, value: text });
  audit(world, {
    summary: 'Global settings changed',
    category: 'system',
    author: user,
    object: { name: key, typeName: 'SETTING' },
    changedValues: changesOf({ [key]: before }, { [key]: text }),
  });
  return setting;
}

/** The settings that may be set and whose key matches `pattern`, a regular expression. */
export function editableSettings(pattern: string | null): readonly Setting[] {
  if (!pattern) return SETTINGS;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern.slice(0, SETTING_CHARS_MAX));
  } catch {
    throw badQuery(`The key filter '${pattern}' is not a valid regular expression.`);
  }
  return SETTINGS.filter(({ key }) => expression.test(key));
}

function checked({ key, type, allowedValues }: Setting, value: unknown): string {
  const bad = (why: string) => badQuery(`The value for '${key}' is invalid: ${why}.`);
  if (typeof value !== 'string') throw bad('it must be a string');
  if (value.length > SETTING_CHARS_MAX) throw bad(`it is longer than ${SETTING_CHARS_MAX} characters`);
  if (type === 'boolean' && value !== 'true' && value !== 'false') throw bad("it must be 'true' or 'false'");
  if (type === 'int' && !/^-?\d{1,9}$/.test(value)) throw bad('it must be a whole number');
  if (allowedValues && !allowedValues.includes(value))
    throw bad(`it must be one of ${allowedValues.join(', ')}`);
  return value;
}
