/** Pictures of a theme: logo, favicon, background. */
import { createHash } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { themeImages } from '../../world/delivery.ts';
import { themes } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findTheme, NO_IMAGES, type Theme } from './brand.ts';

export type ThemeImage = 'logo' | 'favicon' | 'backgroundImage';

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Themes/ */
const BYTES_MAX: Readonly<Record<ThemeImage, number>> = {
  logo: 100_000,
  favicon: 100_000,
  backgroundImage: 2_000_000,
};

/** A picture that was uploaded, under the name that its address ends with. */
export interface UploadedImage {
  name: string;
  /** The theme and the place in it. */
  of: string;
  base64: string;
}

/** The address of a theme's picture, for a browser that came by this universe's. */
export const imageAddress = (world: World, image: string): string =>
  image.startsWith('/') ? world.base() + image : image;

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
  const found = pictureKind(bytes);
  if (!found || found === 'svg' || (found === 'ico' && kind !== 'favicon'))
    throw invalid('file', 'file: The file must be in PNG, JPG or GIF format');
  const path = `${FOLDER}/${keepImage(world, `${themeId}/${kind}`, bytes, found)}`;
  change(world, who, theme, { [kind]: path });
  return { url: imageAddress(world, path) };
}

/** What a file is, by how it begins; undefined for no picture. */
export function pictureKind(bytes: Uint8Array): string | undefined {
  const begins = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  const found = BEGINNINGS.find(([, start]) => begins.startsWith(start))?.[0];
  return found ?? (SVG.test(Buffer.from(bytes.subarray(0, 500)).toString()) ? 'svg' : undefined);
}

const SVG = /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE[^>]*>\s*)?<svg[\s>]/s;

/** Keeps a picture in a place, instead of the one that was there; returns the name that its address ends with. */
export function keepImage(world: World, of: string, bytes: Uint8Array, kind: string): string {
  const name = `fs${createHash('sha1').update(of).update(bytes).digest('hex').slice(0, 18)}.${kind}`;
  forgetImage(world, of);
  world.insert(themeImages, { name, of, base64: Buffer.from(bytes).toString('base64') });
  return name;
}

/** Where uploaded pictures are. */
const FOLDER = '/fs/bco/1';

/** An uploaded picture by its name: what it is, and its bytes. Undefined where there is none. */
export function imageNamed(world: World, name: string): { type: string; bytes: Uint8Array } | undefined {
  const found = world.get(themeImages, name);
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return found && { type: TYPES[ending] ?? 'image/png', bytes: Buffer.from(found.base64, 'base64') };
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  gif: 'image/gif',
  ico: 'image/x-icon',
  svg: 'image/svg+xml',
};

/** Throws the pictures of a theme away. */
export function forgetImages(world: World, themeId: string): void {
  for (const kind of Object.keys(BYTES_MAX)) forgetImage(world, `${themeId}/${kind}`);
}

/** Throws the picture of a place away. */
export function forgetImage(world: World, of: string): void {
  const old = world.list(themeImages, { index: 'of', equals: of }).first();
  if (old) world.remove(themeImages, old.name);
}

/** Takes a theme's picture away: the vendor's own is shown again, or none. */
export const removeImage = (
  world: World,
  who: Who,
  brandId: string,
  themeId: string,
  kind: ThemeImage,
): void => {
  const theme = findTheme(world, brandId, themeId);
  forgetImage(world, `${themeId}/${kind}`);
  change(world, who, theme, { [kind]: NO_IMAGES[kind] });
};

function change(world: World, who: Who, { id }: Theme, set: Partial<Theme>): void {
  world.update(themes, id, set);
  recordChange(world, who, 'system.theme.update', 'Update theme', { id, type: 'Theme', name: id });
}
