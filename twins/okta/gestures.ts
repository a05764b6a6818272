/** What administrators do in the admin console, and people at the sign-in page. */
import { ApiError } from '../../src/error.ts';
import type { Gesture } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import type { App } from './model/app.ts';
import { assignUser, unassignUser } from './model/appUser.ts';
import { enrolDevice } from './model/device.ts';
import { addMember, type Group, groupByName, removeMember } from './model/group.ts';
import type { Who } from './model/log.ts';
import { messagesOf } from './model/outgoing.ts';
import { isAdministrator } from './model/role.ts';
import { displayName, type User, updateUser, userByLogin } from './model/user.ts';
import { type LifecycleAction, run } from './model/userLifecycle.ts';
import { dnsRecords } from './world/delivery.ts';
import { apps, groups } from './world.ts';

const text = { type: 'string', minLength: 1, maxLength: 255 } as const;
const closed = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const ofUser = closed({ user: text }, ['user']);
const ofMember = closed({ user: text, group: text }, ['user', 'group']);

const ofAssignment = closed({ user: text, app: text }, ['user', 'app']);

interface AssignmentInput {
  user: string;
  app: string;
}

interface MemberInput {
  user: string;
  group: string;
}

export const gestures: Readonly<Record<string, Gesture>> = {
  readMessages: {
    input: closed({ limit: { type: 'integer', minimum: 1, maximum: 200 } }, []),
    says: 'Reads the mails, texts, calls and pushes that they were sent, the newest first.',
    perform: (world, as, { limit = 20 }: { limit?: number }) =>
      messagesOf(world, userNamed(world, as).id)
        .slice(0, limit)
        .map(({ sequence: _, userId: __, ...shown }) => shown),
  },
  suspend: lifecycle('suspend', 'Suspends a user.'),
  unsuspend: lifecycle('unsuspend', 'Lets a suspended user in again.'),
  activate: lifecycle('activate', 'Activates a staged or deactivated user.'),
  deactivate: lifecycle('deactivate', 'Deactivates a user, who loses every app.'),
  unlock: lifecycle('unlock', 'Unlocks a user who is locked out.'),
  lockOut: {
    input: closed({}, []),
    says: 'Types wrong passwords until the account is locked.',
    perform(world, as) {
      const user = userNamed(world, as);
      run(world, whoIs(user), user.id, 'lock');
    },
  },
  addToGroup: {
    input: ofMember,
    says: 'Puts a user into a group.',
    perform(world, as, input: MemberInput) {
      const who = administrator(world, as);
      const group = groupNamed(world, input.group);
      addMember(world, who, group.id, userNamed(world, input.user).id);
    },
  },
  removeFromGroup: {
    input: ofMember,
    says: 'Takes a user out of a group.',
    perform(world, as, input: MemberInput) {
      const who = administrator(world, as);
      const group = groupNamed(world, input.group);
      removeMember(world, who, group.id, userNamed(world, input.user).id);
    },
  },
  assignToApp: {
    input: ofAssignment,
    says: 'Assigns an app (its label or id) to a user.',
    perform(world, as, input: AssignmentInput) {
      const who = administrator(world, as);
      assignUser(world, who, appNamed(world, input.app).id, { id: userNamed(world, input.user).id });
    },
  },
  removeFromApp: {
    input: ofAssignment,
    says: 'Takes an app (its label or id) away from a user.',
    perform(world, as, input: AssignmentInput) {
      const who = administrator(world, as);
      unassignUser(world, who, appNamed(world, input.app).id, userNamed(world, input.user).id);
    },
  },
  changeProfile: {
    input: closed({ user: text, profile: { type: 'object', minProperties: 1, maxProperties: 100 } }, [
      'user',
      'profile',
    ]),
    says: 'Changes attributes of a user’s profile.',
    perform(world, as, input: { user: string; profile: Record<string, unknown> }) {
      const who = administrator(world, as);
      const user = userNamed(world, input.user);
      updateUser(world, who, user.id, { profile: input.profile }, 'merge');
    },
  },
  setUpDevice: {
    input: closed({ platform: text, name: text }, ['platform']),
    says: 'Sets up the authenticator app on a device of theirs (IOS, ANDROID, MACOS, WINDOWS).',
    perform(world, as, input: { platform: string; name?: string }) {
      const user = userNamed(world, as);
      enrolDevice(world, whoIs(user), user, input.platform, input.name);
    },
  },
  writeDnsRecord: {
    input: closed({ fqdn: text, value: text }, ['fqdn', 'value']),
    says: 'Writes a record into the DNS of the company’s own domain.',
    perform(world, as, input: { fqdn: string; value: string }) {
      administrator(world, as);
      world.put(dnsRecords, { fqdn: input.fqdn, value: input.value });
    },
  },
};

function lifecycle(action: LifecycleAction, says: string): Gesture {
  return {
    input: ofUser,
    says,
    perform(world, as, input: { user: string }) {
      const who = administrator(world, as);
      run(world, who, userNamed(world, input.user).id, action);
    },
  };
}

/** Only administrators have the admin console. */
function administrator(world: World, as: string): Who {
  const user = userNamed(world, as);
  if (user.status !== 'ACTIVE' || !isAdministrator(world, user.id))
    throw new ApiError({
      name: 'not-an-administrator',
      status: 403,
      message: `${as} is not an administrator of this org`,
    });
  return whoIs(user);
}

const whoIs = (user: User): Who => ({
  id: user.id,
  type: 'User',
  alternateId: user.profile.login,
  displayName: displayName(user),
});

function userNamed(world: World, email: string): User {
  const user = userByLogin(world, email);
  if (!user)
    throw new ApiError({ name: 'unknown-person', status: 422, message: `no user has the login ${email}` });
  return user;
}

function groupNamed(world: World, name: string): Group {
  const group = groupByName(world, name) ?? world.get(groups, name);
  if (!group)
    throw new ApiError({ name: 'unknown-group', status: 422, message: `no group is named ${name}` });
  return group;
}

function appNamed(world: World, name: string): App {
  const app = world.get(apps, name) ?? world.list(apps, { where: ({ label }) => label === name }).first();
  if (!app) throw new ApiError({ name: 'unknown-app', status: 422, message: `no app is labelled ${name}` });
  return app;
}
