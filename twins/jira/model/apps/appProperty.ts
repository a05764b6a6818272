/**
 * JSON that an app keeps with the site, under its own key.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-app-properties/
 */
import type { World } from '../../../../src/world/world.ts';
import { refusedApp } from '../../errors.ts';
import { APP_PROPERTIES_MAX, APP_PROPERTY_KEY_CHARS_MAX, PROPERTY_CHARS_MAX } from '../../limits.ts';
import { connectApps } from '../../world/apps.ts';
import { type Property, properties } from '../../world.ts';

/** Which family of apps a property belongs to. */
export type AppFamily = 'addon' | 'forge';

/** Under this key a Connect app that moves to Forge reads who the site is to it. */
export const CLIENT_KEY_PROPERTY = 'connect_client_key_019cdff3-8bfb-71fe-9628-875b700aebb8';

/** What an app keeps, by key. */
export const appProperties = (world: World, family: AppFamily, app: string): Property[] =>
  world.list(properties, { prefix: `${family}/${app}/` }).toArray();

/** 404 where the app keeps nothing under this key. */
export function requireAppProperty(world: World, family: AppFamily, app: string, key: string): unknown {
  checkKey(key);
  const client = family === 'addon' ? world.get(connectApps, app)?.clientKey : undefined;
  if (key === CLIENT_KEY_PROPERTY && client !== undefined) return client;
  return world.require(properties, `${family}/${app}/${key}`, noProperty).value;
}

/** Keeps a value; says whether it is new. 400 for a key or value that is too long, or is no JSON. */
export function setAppProperty(
  world: World,
  family: AppFamily,
  app: string,
  key: string,
  value: unknown,
): boolean {
  checkKey(key);
  if (key === CLIENT_KEY_PROPERTY)
    throw refusedApp(403, 'The property key is reserved and cannot be created or updated.');
  if (value === undefined)
    throw refusedApp(400, 'The property value must be valid JSON and cannot be empty.');
  if (JSON.stringify(value).length > PROPERTY_CHARS_MAX)
    throw refusedApp(400, `The property value cannot be longer than ${PROPERTY_CHARS_MAX} characters.`);
  const isNew = world.get(properties, `${family}/${app}/${key}`) === undefined;
  if (isNew && appProperties(world, family, app).length >= APP_PROPERTIES_MAX)
    throw refusedApp(400, `An app cannot have more than ${APP_PROPERTIES_MAX} properties.`);
  world.put(properties, { entity: family, entityId: app, key, value });
  return isNew;
}

export function deleteAppProperty(world: World, family: AppFamily, app: string, key: string): void {
  checkKey(key);
  if (key === CLIENT_KEY_PROPERTY)
    throw refusedApp(403, 'The property key is reserved and cannot be deleted.');
  if (!world.remove(properties, `${family}/${app}/${key}`)) throw noProperty();
}

const noProperty = () => refusedApp(404, 'Property with key not found.');

function checkKey(key: string): void {
  if (key.length > APP_PROPERTY_KEY_CHARS_MAX)
    throw refusedApp(400, `The property key cannot be longer than ${APP_PROPERTY_KEY_CHARS_MAX} characters.`);
}
