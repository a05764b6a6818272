/**
 * Users of an app's service brought into the org: read page by page, matched with who is there, linked or made where
 * the app's rules say so, else kept until an administrator confirms them.
 * https://help.okta.com/oie/en-us/content/topics/users-groups-profiles/usgp-import-users.htm
 */
import { isRecord, parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { appFeatures, importedUsers, provisioningTasks } from '../../world/apps.ts';
import { apps, appUsers, schemas, users } from '../../world.ts';
import { type App, appTarget } from '../apps/app.ts';
import { linkAppUser } from '../apps/appUser.ts';
import { compileExpression } from '../expressions/expression.ts';
import { record, SYSTEM, type Who } from '../log/log.ts';
import { createUser, type User, userByLogin, userTarget } from '../people/user.ts';
import { liveConnection } from './appConnection.ts';
import { capabilitiesOf, type InboundProvisioning } from './appFeature.ts';
import { nextTime } from './cron.ts';
import { userProfileOf } from './profileMapping.ts';
import {
  ask,
  giveUp,
  isGood,
  keyOf,
  newTask,
  type ProvisioningTask,
  type ScimRequest,
  whyNot,
} from './provisioningTask.ts';
import { profileIn, type Resource } from './scimResource.ts';

/** Somebody of an app's service who is nobody of the org yet; `id` is the service's own. */
export interface ImportedUser {
  appId: string;
  id: string;
  userName: string;
  profile: Record<string, unknown>;
  /** Who in the org it seems to be. */
  match: { userId: string; how: 'EXACT' | 'PARTIAL' } | null;
}

const PAGE = 100;
/** People that one import takes; a service that never ends is not read for ever. */
const IMPORTED_MAX = 20_000;

/** Begins to read an app's users; one import of an app goes on at a time. Says whether there is a service to read. */
export function startImport(world: World, who: Who, appId: string): boolean {
  const app = world.get(apps, appId);
  if (!app || !liveConnection(world, appId)) return false;
  if (world.get(provisioningTasks, `${appId}/import`)?.status === 'IN_PROGRESS') return true;
  log(world, who, app, 'system.import.start', 'Import started');
  const input = { appId, id: 'import', kind: 'import', goal: 'import', name: app.label } as const;
  const task = newTask(world, { ...input, asks: ['list'], externalId: null, wish: {} });
  ask(world, task, importRequest(task));
  return true;
}

/** The name of the timer that begins an import whose time has come. */
export const IMPORT_TIMER = 'scheduledImport';

/** Has an app's users imported when its schedule says so, instead of when it said so before. */
export function planImport(world: World, appId: string): void {
  const key = `${appId}/INBOUND_PROVISIONING`;
  const kept = world.get(appFeatures, key);
  if (!kept) return;
  const { timer: old, ...rest } = kept;
  if (old) world.cancel(old);
  const { schedule } = capabilitiesOf(world, appId, 'INBOUND_PROVISIONING').importSettings;
  const { expression, timezone = 'Etc/UTC' } = schedule.fullImport ?? {};
  const at =
    schedule.status === 'ENABLED' && expression ? nextTime(expression, timezone, world.now()) : undefined;
  const timer = at === undefined ? undefined : world.schedule(at, IMPORT_TIMER, { appId });
  world.put(appFeatures, { ...rest, ...(timer ? { timer } : {}) });
}

/** The time of an import has come. */
export function importOnTime(world: World, { appId }: { appId: string }): void {
  startImport(world, SYSTEM, appId);
  planImport(world, appId);
}

/** The page that an import asks for now; `copy.startIndex` counts from 1. */
export const importRequest = ({ copy }: ProvisioningTask): ScimRequest => ({
  method: 'GET',
  path: `/Users?startIndex=${copy.startIndex ?? 1}&count=${PAGE}`,
});

/** Takes a page, and asks for the next. */
export function importAnswered(world: World, task: ProvisioningTask, outcome: DeliveryOutcome): void {
  const app = world.get(apps, task.appId);
  if (!app) return;
  if (!isGood(outcome)) {
    const error = `Import from ${app.label} failed: ${whyNot(outcome)}`;
    giveUp(world, task, error);
    log(world, SYSTEM, app, 'system.import.complete', 'Import complete', error);
    return;
  }
  const page = parsedObject(outcome.body) ?? {};
  const found = Array.isArray(page.Resources) ? page.Resources.filter(isRecord) : [];
  for (const resource of found) importUser(world, app, resource);
  const next = Number(task.copy.startIndex ?? 1) + PAGE;
  const more = found.length > 0 && next <= Number(page.totalResults ?? 0) && next <= IMPORTED_MAX;
  if (more) {
    const on = { ...task, copy: { startIndex: next } };
    ask(world, on, importRequest(on));
  } else {
    world.remove(provisioningTasks, keyOf(task));
    log(world, SYSTEM, app, 'system.import.complete', 'Import complete');
  }
}

function importUser(world: World, app: App, resource: Resource): void {
  const { id } = resource;
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof resource.userName !== 'string') return;
  const externalId = String(id);
  const profile = profileIn(world.get(schemas, app.id), resource);
  const linked = world.list(appUsers, { index: 'external', equals: `${app.id}/${externalId}` }).first();
  if (linked) {
    linkAppUser(world, SYSTEM, app, linked.id, externalId, profile);
    return;
  }
  const rules = capabilitiesOf(world, app.id, 'INBOUND_PROVISIONING').importRules.userCreateAndMatch;
  const match = matchOf(world, profile, rules);
  const row = { appId: app.id, id: externalId, userName: resource.userName, profile, match };
  world.put(importedUsers, row);
  const confirmed = !match
    ? rules.autoConfirmNewUsers
    : match.how === 'EXACT'
      ? rules.autoConfirmExactMatch
      : rules.autoConfirmPartialMatch;
  if (confirmed) confirmImport(world, SYSTEM, row);
}

type Rules = InboundProvisioning['importRules']['userCreateAndMatch'];

function matchOf(world: World, profile: Record<string, unknown>, rules: Rules): ImportedUser['match'] {
  const email = String(profile.email ?? '').toLowerCase();
  const exact =
    rules.exactMatchCriteria === 'USERNAME'
      ? userByLogin(world, String(profile.userName))
      : email
        ? world.list(users, { index: 'email', equals: email }).first()
        : undefined;
  if (exact) return { userId: exact.id, how: 'EXACT' };
  const [first, last] = [profile.givenName, profile.familyName].map((name) =>
    String(name ?? '').toLowerCase(),
  );
  if (!rules.allowPartialMatch || !first || !last) return null;
  const partial = world.list(users, {
    index: 'lastName',
    equals: last,
    where: (user) => String(user.profile.firstName ?? '').toLowerCase() === first,
  });
  const [only] = partial.page({ limit: 1 }).items;
  return only ? { userId: only.id, how: 'PARTIAL' } : null;
}

/** Links somebody imported with who they match, or makes them a user. Throws E0000001 for a profile that fits none. */
export function confirmImport(world: World, who: Who, row: ImportedUser): User {
  const app = world.require(apps, row.appId, () => new Error(`no app ${row.appId}`));
  const matched = row.match ? world.get(users, row.match.userId) : undefined;
  const user = matched ?? madeUser(world, who, app, row.profile);
  world.remove(importedUsers, `${row.appId}/${row.id}`);
  linkAppUser(world, who, app, user.id, row.id, row.profile);
  const [eventType, displayMessage] = matched
    ? ['system.import.user_match.confirm', 'Confirm user match']
    : ['system.import.user.create', 'Create user during import'];
  record(world, who, { eventType, displayMessage, target: [userTarget(user), appTarget(app)] });
  return user;
}

function madeUser(world: World, who: Who, app: App, profile: Record<string, unknown>): User {
  const { importSettings, importRules } = capabilitiesOf(world, app.id, 'INBOUND_PROVISIONING');
  const { usernameFormat, userNameExpression } = importSettings.username;
  const mapped = userProfileOf(world, app, profile, 'first');
  const login =
    usernameFormat === 'CUSTOM' && userNameExpression
      ? named(userNameExpression, profile)
      : (profile.email ?? profile.userName);
  const activate = importRules.userCreateAndMatch.autoActivateNewUsers;
  const input = { profile: { ...mapped, login, email: mapped.email ?? profile.email ?? login } };
  return createUser(world, who, input, { activate, provider: false, nextLogin: null });
}

function named(expression: string, profile: Record<string, unknown>): unknown {
  const read = compileExpression(expression, (why) => new Error(why), ['appuser', 'source']);
  return read({ user: {}, groupIds: [], groupNames: [], others: { appuser: profile, source: profile } });
}

const log = (
  world: World,
  who: Who,
  app: App,
  eventType: string,
  displayMessage: string,
  error?: string,
): unknown =>
  record(world, who, {
    eventType,
    displayMessage,
    ...(error ? { severity: 'ERROR', outcome: { result: 'FAILURE', reason: error } } : {}),
    target: [appTarget(app)],
  });
