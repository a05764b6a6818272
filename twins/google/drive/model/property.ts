/** Custom properties and how many of them there may be. https://developers.google.com/workspace/drive/api/guides/properties */
import { badRequest } from '../../errors.ts';
import {
  PROPERTIES_APP_MAX,
  PROPERTIES_MAX,
  PROPERTIES_PUBLIC_MAX,
  PROPERTY_BYTES_MAX,
} from '../../limits.ts';
import type { FileRow } from '../world.ts';

type Given = Readonly<Record<string, string | null>>;

/** The public properties with a change; null takes one away. Throws `invalid` beyond the limits. */
export function publicProperties(file: FileRow, change: Given): Record<string, string> {
  const next = merged(file.properties, change, 'properties');
  if (Object.keys(next).length > PROPERTIES_PUBLIC_MAX) throw tooMany('properties');
  return checkTotal({ ...file, properties: next }, next, 'properties');
}

/** One app's properties with a change. */
export function appProperties(
  file: FileRow,
  app: string,
  change: Given,
): Record<string, Record<string, string>> {
  const mine = merged(file.appProperties?.[app], change, 'appProperties');
  if (Object.keys(mine).length > PROPERTIES_APP_MAX) throw tooMany('appProperties');
  const next = { ...file.appProperties, [app]: mine };
  return checkTotal({ ...file, appProperties: next }, next, 'appProperties');
}

function merged(
  before: Readonly<Record<string, string>> | undefined,
  change: Given,
  where: string,
): Record<string, string> {
  const next: Record<string, string> = { ...before };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete next[key];
    else if (Buffer.byteLength(key + value) > PROPERTY_BYTES_MAX)
      throw badRequest('Property key and value are too long.', where);
    else next[key] = value;
  }
  return next;
}

function checkTotal<T>(file: Pick<FileRow, 'properties' | 'appProperties'>, next: T, where: string): T {
  const apps = Object.values(file.appProperties ?? {}).map((one) => Object.keys(one).length);
  const all = apps.reduce((sum, count) => sum + count, Object.keys(file.properties ?? {}).length);
  if (all > PROPERTIES_MAX) throw tooMany(where);
  return next;
}

const tooMany = (where: string) => badRequest('The limit on properties has been exceeded.', where);
