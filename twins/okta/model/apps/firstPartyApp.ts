/** Settings of Okta's own apps: how long a session at the admin console lasts. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { firstPartySettings } from '../../world/integrations.ts';
import { recordChange, type Who } from '../log/log.ts';

/** What is kept; `appName` is not shown. */
export interface FirstPartySettings {
  appName: string;
  sessionIdleTimeoutMinutes: number;
  sessionMaxLifetimeMinutes: number;
}

const ADMIN_CONSOLE = 'admin-console';
const MINUTES_MIN = 5;
const IDLE_MINUTES_MAX = 720;
const LIFETIME_MINUTES_MAX = 10_080;
const DEFAULTS = { sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 };

/** The settings of an app of Okta's, or E0000007. */
export function firstPartySettingsOf(world: World, appName: string): FirstPartySettings {
  if (appName !== ADMIN_CONSOLE) throw notFound(appName, 'AppInstance');
  return world.get(firstPartySettings, appName) ?? { appName, ...DEFAULTS };
}

/** Replaces them. Throws E0000001 for times that are too short or too long. */
export function setFirstPartySettings(
  world: World,
  who: Who,
  appName: string,
  input: Partial<FirstPartySettings> | undefined,
): FirstPartySettings {
  firstPartySettingsOf(world, appName);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const idle = minutes(input, 'sessionIdleTimeoutMinutes', IDLE_MINUTES_MAX);
  const lifetime = minutes(input, 'sessionMaxLifetimeMinutes', LIFETIME_MINUTES_MAX);
  if (idle > lifetime)
    throw invalid(
      'sessionIdleTimeoutMinutes',
      'sessionIdleTimeoutMinutes: The idle time must not be longer than the lifetime',
    );
  recordChange(world, who, 'application.configuration.update', 'Update application configuration', {
    id: appName,
    type: 'AppInstance',
    name: 'Okta Admin Console',
  });
  return world.put(firstPartySettings, {
    appName,
    sessionIdleTimeoutMinutes: idle,
    sessionMaxLifetimeMinutes: lifetime,
  });
}

function minutes(
  input: Partial<FirstPartySettings>,
  name: 'sessionIdleTimeoutMinutes' | 'sessionMaxLifetimeMinutes',
  max: number,
): number {
  const value = input[name] ?? DEFAULTS[name];
  if (!Number.isInteger(value) || value < MINUTES_MIN || value > max)
    throw invalid(name, `${name}: Must be from ${MINUTES_MIN} to ${max} minutes`);
  return value;
}
