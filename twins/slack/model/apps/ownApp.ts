/** Apps in the hands of the person who made them: by manifest they are made, changed, shown and deleted. */

import { createHash } from 'node:crypto';
import { parsedObject } from '../../../../src/json.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { ICON_SIDE_MAX, ICON_SIDE_MIN, OWN_APPS_MAX } from '../../limits.ts';
import { type App, apps, isObject, type Json, type Token, users } from '../../world.ts';
import { imageSize } from '../files/fileType.ts';
import { seconds } from '../messages/timestamp.ts';
import { appIn, type ManifestError, manifestErrors } from './manifest.ts';
import { register } from './registration.ts';
import { uninstall } from './revocation.ts';

/** A manifest that may be used. Throws `invalid_manifest` with what is wrong. */
export function goodManifest(given: unknown): Json {
  const manifest = typeof given === 'string' ? parsedObject(given) : given;
  const errors: ManifestError[] = isObject(manifest)
    ? manifestErrors(manifest)
    : [{ message: 'The manifest is not valid JSON', pointer: '/' }];
  if (errors.length > 0) throw refuse('invalid_manifest', { errors });
  return manifest as Json;
}

/**
 * The app with an id, in the hands of its owner; an app of a world file is its workspace owner's. Throws
 * `invalid_app_id`, `app_not_found` (or what `unknown` says), `no_permission`.
 */
export function ownApp(world: World, actor: Token, id: string, unknown: string = 'app_not_found'): App {
  if (!/^A[A-Z0-9]+$/.test(id)) throw refuse('invalid_app_id');
  const app = world.get(apps, id);
  if (!app || app.deleted) throw refuse(unknown);
  if (!owns(world, actor, app)) throw refuse('no_permission');
  return app;
}

/** Is the app the caller's own? */
export const owns = (world: World, actor: Token, app: App): boolean =>
  app.owner === undefined ? world.get(users, actor.user)?.is_owner === true : app.owner === actor.user;

/** Makes the app that a manifest describes. Throws `failed_creating_app` past as many as a workspace may have here. */
export function createApp(world: World, actor: Token, manifest: Json): App {
  if (world.list(apps).count() >= OWN_APPS_MAX) throw refuse('failed_creating_app');
  return register(world, { ...appIn(manifest), owner: actor.user });
}

/**
 * Makes an app what another manifest describes. What it was let in for stays as it is until somebody lets it in again.
 * Says whether it asks for other scopes now.
 */
export function updateApp(world: World, app: App, manifest: Json): { app: App; permissions: boolean } {
  const next = appIn(manifest);
  const verified = next.events.url === app.events.url && app.events.verified;
  const changed = world.update(apps, app.id, {
    ...next,
    events: { ...next.events, verified },
    updated: seconds(world),
  });
  const differ = (a: readonly string[], b: readonly string[]) =>
    [...a].sort().join() !== [...b].sort().join();
  const permissions = differ(app.scopes, next.scopes) || differ(app.user_scopes, next.user_scopes);
  return { app: changed, permissions };
}

/** Deletes an app for good; what its bot has written stays. */
export function deleteApp(world: World, app: App): void {
  uninstall(world, app);
  world.update(apps, app.id, { deleted: true, commands: [] });
}

/**
 * Gives an app an icon. Throws `invalid_parameters`, `missing_arguments`, `error_bad_format`, `invalid_icon_size`; and
 * `icon_not_accessible` for every address, since nothing beyond this machine is.
 */
export function setIcon(world: World, app: App, bytes: Uint8Array | undefined, url: string | undefined): App {
  if (bytes && url) throw refuse('invalid_parameters');
  if (url) throw refuse('icon_not_accessible');
  if (!bytes) throw refuse('missing_arguments');
  const size = imageSize(bytes);
  if (!size) throw refuse('error_bad_format');
  const sides = [size.width, size.height];
  if (sides.some((side) => side < ICON_SIDE_MIN || side > ICON_SIDE_MAX)) throw refuse('invalid_icon_size');
  const icon = createHash('sha1').update(bytes).digest('hex').slice(0, 12);
  return world.update(apps, app.id, { icon, updated: seconds(world) });
}
