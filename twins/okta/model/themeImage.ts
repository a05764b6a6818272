/** Pictures of a theme: logo, favicon, background. */
import { createHash } from 'node:crypto';
import type { World } from '../../../src/world/world.ts';
import { invalid } from '../errors.ts';
import { ASSETS } from '../links.ts';
import { themes } from '../world.ts';
import { findTheme, type Theme } from './brand.ts';
import { recordChange, type Who } from './log.ts';

export type ThemeImage = 'logo' | 'favicon' | 'backgroundImage';

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Themes/ */
const BYTES_MAX: Readonly<Record<ThemeImage, number>> = {
  logo: 100_000,
  favicon: 100_000,
  backgroundImage: 2_000_000,
};
const NONE: Readonly<Record<ThemeImage, string | null>> = {
  logo: `${ASSETS}/assets/img/logos/okta-logo.png`,
  favicon: `${ASSETS}/favicon.ico`,
  backgroundImage: null,
};

/** How files of each kind begin. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['png', '89504e47'],
  ['jpg', 'ffd8ff'],
  ['gif', '47494638'],
  ['ico', '00000100'],
];

/** Gives a theme a picture. Throws E0000001 where there is no file, it is too large, or no picture. */
export function setImage(
  world: World,
  who: Who,
  brandId: string,
  themeId: string,
  kind: ThemeImage,
  bytes: Uint8Array | undefined,
): { url: string } {
  const theme = findTheme(world, brandId, themeId);
  if (!bytes || bytes.length === 0) throw invalid('file', 'file: The field cannot be left blank');
  if (bytes.length > BYTES_MAX[kind])
    throw invalid('file', `file: The file must be smaller than ${BYTES_MAX[kind]} bytes`);
  const begins = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  const found = BEGINNINGS.find(([, start]) => begins.startsWith(start))?.[0];
  if (!found || (found === 'ico' && kind !== 'favicon'))
    throw invalid('file', 'file: The file must be in PNG, JPG or GIF format');
  const name = createHash('sha1').update(bytes).digest('hex');
  const url = `${ASSETS}/fs/bco/1/${name}.${found}`;
  change(world, who, theme, { [kind]: url });
  return { url };
}

/** Takes a theme's picture away: the vendor's own is shown again, or none. */
export const removeImage = (
  world: World,
  who: Who,
  brandId: string,
  themeId: string,
  kind: ThemeImage,
): void => change(world, who, findTheme(world, brandId, themeId), { [kind]: NONE[kind] });

function change(world: World, who: Who, { id }: Theme, set: Partial<Theme>): void {
  world.update(themes, id, set);
  recordChange(world, who, 'system.theme.update', 'Update theme', { id, type: 'Theme', name: id });
}
