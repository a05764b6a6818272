/** What an app that provisions does: users from Okta to it, users from it to Okta. */
import { isRecord } from '../../../../src/json.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { appFeatures } from '../../world/apps.ts';
import { apps } from '../../world.ts';
import { compileExpression } from '../expressions/expression.ts';
import { recordChange, type Who } from '../log/log.ts';
import { connectionOf, liveConnection } from './appConnection.ts';
import { isCron, isTimeZone } from './cron.ts';
import { planImport } from './userImport.ts';

type Switch = 'ENABLED' | 'DISABLED';

/** What Okta does to users of the app. */
export interface UserProvisioning {
  create: { lifecycleCreate: { status: Switch } };
  update: {
    profile: { status: Switch };
    lifecycleDeactivate: { status: Switch };
    password: { status: Switch; seed: 'OKTA' | 'RANDOM'; change: 'CHANGE' | 'KEEP_EXISTING' };
  };
}

interface ImportTime {
  expression: string;
  timezone?: string;
}

/** How users of the app become users of Okta. */
export interface InboundProvisioning {
  importSettings: {
    username: { usernameFormat: 'EMAIL' | 'CUSTOM'; userNameExpression?: string };
    schedule: { status: Switch; fullImport?: ImportTime; incrementalImport?: ImportTime };
  };
  importRules: {
    userCreateAndMatch: {
      exactMatchCriteria: 'EMAIL' | 'USERNAME';
      allowPartialMatch: boolean;
      autoConfirmPartialMatch: boolean;
      autoConfirmExactMatch: boolean;
      autoConfirmNewUsers: boolean;
      autoActivateNewUsers: boolean;
    };
  };
}

interface CapabilitiesByName {
  USER_PROVISIONING: UserProvisioning;
  INBOUND_PROVISIONING: InboundProvisioning;
}

export type FeatureName = keyof CapabilitiesByName;

/** A row: what an app's feature was set to (`id` is its name), and the timer of its next import. */
export interface KeptFeature {
  appId: string;
  id: FeatureName;
  timer?: string;
  capabilities: UserProvisioning | InboundProvisioning;
}

/** A feature in the vendor's shape, less links. */
export interface AppFeature {
  name: FeatureName;
  status: 'ENABLED';
  description: string;
  capabilities: UserProvisioning | InboundProvisioning;
}

/** The features of an app. Throws E0000001 where provisioning is not enabled for it. */
export function featuresOf(world: World, appId: string): AppFeature[] {
  if (connectionOf(world, appId).status !== 'ENABLED')
    throw invalid('feature', 'Provisioning is not enabled for the app instance.');
  return NAMES.map((name) => ({
    name,
    status: 'ENABLED',
    description: DESCRIPTIONS[name],
    capabilities: capabilitiesOf(world, appId, name),
  }));
}

/** One feature. Throws as `featuresOf`, and E0000007 for one that there is not. */
export function featureOf(world: World, appId: string, name: string): AppFeature {
  const found = featuresOf(world, appId).find((one) => one.name === name);
  if (!found) throw notFound(name, 'AppFeature');
  return found;
}

/** What a feature is set to; everything is off until somebody says otherwise. */
export const capabilitiesOf = <N extends FeatureName>(
  world: World,
  appId: string,
  name: N,
): CapabilitiesByName[N] =>
  (world.get(appFeatures, `${appId}/${name}`)?.capabilities ?? DEFAULTS[name]) as CapabilitiesByName[N];

/** What Okta does to users of an app now: nothing where it has no live connection. */
export const userProvisioning = (world: World, appId: string): UserProvisioning | undefined =>
  liveConnection(world, appId) && capabilitiesOf(world, appId, 'USER_PROVISIONING');

/** Merges settings into a feature. Throws as `featureOf`, and E0000001 for values that there are not. */
export function updateFeature(
  world: World,
  who: Who,
  appId: string,
  name: string,
  input: Record<string, unknown> | undefined,
): AppFeature {
  const { name: id, capabilities } = featureOf(world, appId, name);
  if (!isRecord(input)) throw notWellFormed();
  const merged = mergedInto(capabilities as unknown as Settings, input);
  if (id === 'USER_PROVISIONING') checkOutbound(merged as unknown as UserProvisioning);
  else checkInbound(merged as unknown as InboundProvisioning);
  world.put(appFeatures, {
    ...world.get(appFeatures, `${appId}/${id}`),
    appId,
    id,
    capabilities: merged as unknown as UserProvisioning,
  });
  showFeatures(world, appId);
  if (id === 'INBOUND_PROVISIONING') planImport(world, appId);
  const label = world.get(apps, appId)?.label ?? appId;
  recordChange(world, who, 'application.configuration.update', 'Update application configuration', {
    id: appId,
    type: 'AppInstance',
    name: label,
    alternateId: label,
  });
  return featureOf(world, appId, name);
}

type Settings = { readonly [key: string]: unknown };

/** What is sent replaces what is there, part by part; parts that are not known are left out, and null clears one. */
function mergedInto(old: Settings, sent: Settings): Settings {
  const merged: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(sent)) {
    const before = old[key];
    const name = SPELLED[key] ?? key;
    if (value === null || value === undefined) delete merged[name];
    else merged[name] = isRecord(before) && isRecord(value) ? mergedInto(before, value) : value;
  }
  return merged;
}

/** The vendor's own example spells this one otherwise than its schema. */
const SPELLED: Readonly<Record<string, string>> = { userNameFormat: 'usernameFormat' };

const SWITCHES = ['ENABLED', 'DISABLED'];

function among(field: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string))
    throw invalid(field, `${field}: The value must be one of ${allowed.join(', ')}`);
}

function checkOutbound({ create, update }: UserProvisioning): void {
  among('lifecycleCreate', create?.lifecycleCreate?.status, SWITCHES);
  among('profile', update?.profile?.status, SWITCHES);
  among('lifecycleDeactivate', update?.lifecycleDeactivate?.status, SWITCHES);
  among('password', update?.password?.status, SWITCHES);
  among('seed', update?.password?.seed, ['OKTA', 'RANDOM']);
  among('change', update?.password?.change, ['CHANGE', 'KEEP_EXISTING']);
}

function checkInbound({ importSettings, importRules }: InboundProvisioning): void {
  const { username, schedule } = importSettings ?? {};
  among('usernameFormat', username?.usernameFormat, ['EMAIL', 'CUSTOM']);
  if (username?.usernameFormat === 'CUSTOM') {
    if (!username.userNameExpression) throw blank('userNameExpression');
    compileExpression(
      username.userNameExpression,
      (why) => invalid('userNameExpression', `userNameExpression: ${why}`),
      ['appuser', 'source'],
    );
  }
  among('status', schedule?.status, SWITCHES);
  if (schedule?.status === 'ENABLED' && !schedule.fullImport) throw blank('fullImport');
  for (const time of [schedule?.fullImport, schedule?.incrementalImport]) if (time) checkTime(time);
  const rules = importRules?.userCreateAndMatch;
  among('exactMatchCriteria', rules?.exactMatchCriteria, ['EMAIL', 'USERNAME']);
}

function checkTime({ expression, timezone = 'Etc/UTC' }: ImportTime): void {
  if (!expression || !isCron(expression))
    throw invalid('expression', 'expression: The schedule is not a valid cron expression');
  if (!isTimeZone(timezone)) throw invalid('timezone', 'timezone: The time zone is not valid');
}

/** The app itself lists what it does. */
function showFeatures(world: World, appId: string): void {
  const app = world.get(apps, appId);
  if (!app) return;
  const { create, update } = capabilitiesOf(world, appId, 'USER_PROVISIONING');
  const { importSettings } = capabilitiesOf(world, appId, 'INBOUND_PROVISIONING');
  const on = {
    PUSH_NEW_USERS: create.lifecycleCreate.status,
    REACTIVATE_USERS: create.lifecycleCreate.status,
    PUSH_PROFILE_UPDATES: update.profile.status,
    PUSH_USER_DEACTIVATION: update.lifecycleDeactivate.status,
    PUSH_PASSWORD_UPDATES: update.password.status,
    IMPORT_NEW_USERS: importSettings.schedule.status,
  };
  const others = app.features.filter((one) => !Object.hasOwn(on, one));
  const shown = Object.entries(on).filter(([, status]) => status === 'ENABLED');
  world.update(apps, appId, { features: [...others, ...shown.map(([name]) => name)] });
}

const NAMES = ['USER_PROVISIONING', 'INBOUND_PROVISIONING'] as const;

const DESCRIPTIONS: Readonly<Record<FeatureName, string>> = {
  USER_PROVISIONING: 'User provisioning settings from Okta to a downstream application',
  INBOUND_PROVISIONING: 'In-bound provisioning settings from an application to Okta',
};

const OFF = { status: 'DISABLED' } as const;
const DEFAULTS: CapabilitiesByName = {
  USER_PROVISIONING: {
    create: { lifecycleCreate: OFF },
    update: {
      profile: OFF,
      lifecycleDeactivate: OFF,
      password: { ...OFF, seed: 'RANDOM', change: 'KEEP_EXISTING' },
    },
  },
  INBOUND_PROVISIONING: {
    importSettings: { username: { usernameFormat: 'EMAIL' }, schedule: OFF },
    importRules: {
      userCreateAndMatch: {
        exactMatchCriteria: 'EMAIL',
        allowPartialMatch: false,
        autoConfirmPartialMatch: false,
        autoConfirmExactMatch: false,
        autoConfirmNewUsers: false,
        autoActivateNewUsers: false,
      },
    },
  },
};
