/** The picture of an app, in the admin console and on dashboards. */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { ASSETS } from '../../links.ts';
import { themeImages } from '../../world/delivery.ts';
import { record, type Who } from '../log/log.ts';
import { forgetImage, imageAddress, keepImage, pictureKind } from '../look/themeImage.ts';
import { type App, appTarget, findApp } from './app.ts';

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationLogos/ */
const LOGO_BYTES_MAX = 1_000_000;
const KINDS: ReadonlySet<string | undefined> = new Set(['png', 'jpg', 'gif', 'svg']);

/** Gives an app a picture. Throws E0000001 where there is no file, it is too large, or no picture. */
export function setAppLogo(world: World, who: Who, appId: string, bytes: Uint8Array | undefined): void {
  const app = findApp(world, appId);
  if (!bytes || bytes.length === 0) throw invalid('file', 'file: The field cannot be left blank');
  if (bytes.length >= LOGO_BYTES_MAX)
    throw invalid('file', `file: The file must be smaller than ${LOGO_BYTES_MAX} bytes`);
  const kind = pictureKind(bytes);
  if (kind === undefined || !KINDS.has(kind))
    throw invalid('file', 'file: The file must be in PNG, JPG, SVG or GIF format');
  keepImage(world, placeOf(appId), bytes, kind);
  record(world, who, {
    eventType: 'application.configuration.update_logo',
    displayMessage: 'Update application logo',
    target: [appTarget(app)],
  });
}

/** Where an app's picture is, and what it is; the vendor's own where nobody gave it one. */
export function appLogo(world: World, { id }: App): { href: string; type: string } {
  const found = world.list(themeImages, { index: 'of', equals: placeOf(id) }).first();
  if (!found) return { href: `${ASSETS}/assets/img/logos/default.png`, type: 'image/png' };
  return { href: imageAddress(world, `/fs/bco/4/${found.name}`), type: 'image/png' };
}

/** Throws the picture of an app that goes away. */
export const removeAppLogo = (world: World, appId: string): void => forgetImage(world, placeOf(appId));

const placeOf = (appId: string): string => `${appId}/logo`;
