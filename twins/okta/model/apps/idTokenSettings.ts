/** How an OpenID Connect app's ID tokens are made: a part of the admin console's own API that tools use too. */
import type { World } from '../../../../src/world/world.ts';
import { notWellFormed } from '../../errors.ts';
import { idTokenSettings } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findApp } from './app.ts';

/** What is kept; `appId` is not shown. */
export interface IdTokenSettings {
  appId: string;
  issuerMode: string;
  valueType?: string;
  name?: string;
  groupFilterType?: string;
  value?: string;
}

/** The settings of an app; the org's address issues where nothing was set. */
export function idTokenSettingsOf(world: World, appId: string): IdTokenSettings {
  findApp(world, appId);
  return world.get(idTokenSettings, appId) ?? { appId, issuerMode: 'ORG_URL' };
}

/** Replaces the settings of an app. */
export function setIdTokenSettings(
  world: World,
  who: Who,
  appId: string,
  input: Partial<IdTokenSettings> | undefined,
): IdTokenSettings {
  const { id, label } = findApp(world, appId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { issuerMode = 'ORG_URL', valueType, name, groupFilterType, value } = input;
  const thing = { id, type: 'AppInstance', name: label, alternateId: label };
  recordChange(world, who, 'application.lifecycle.update', 'Update application', thing);
  return world.put(idTokenSettings, {
    appId,
    issuerMode,
    ...(valueType === undefined ? {} : { valueType }),
    ...(name === undefined ? {} : { name }),
    ...(groupFilterType === undefined ? {} : { groupFilterType }),
    ...(value === undefined ? {} : { value }),
  });
}
