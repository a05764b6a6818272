/** What administrators do in the admin console, and people at the sign-in page. */
import { ApiError } from '../../src/error.ts';
import type { Gesture } from '../../src/twin.ts';
import { agentGestures } from './gestures/agents.ts';
import { guardGestures } from './gestures/guard.ts';
import { administrator, appNamed, closed, groupNamed, text, userNamed } from './gestures/named.ts';
import { provisioningGestures } from './gestures/provisioning.ts';
import { assignUser, unassignUser } from './model/apps/appUser.ts';
import { enrolPhone } from './model/authenticators/factor.ts';
import { answerPush, recordDenial, waitingPush } from './model/authenticators/pushChallenge.ts';
import { addMember, removeMember } from './model/groups/group.ts';
import { enrolDevice } from './model/guard/device.ts';
import { bounce } from './model/mail/bounce.ts';
import { messagesOf } from './model/mail/outgoing.ts';
import { answerBackchannel, waitingFor } from './model/oauth/ciba.ts';
import { openSupportCase } from './model/org/supportCase.ts';
import { updateUser, whoIs } from './model/people/user.ts';
import { type LifecycleAction, run } from './model/people/userLifecycle.ts';
import { dnsRecords } from './world/delivery.ts';

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
  bounceMail: {
    input: closed({}, []),
    says: 'Has mails to their address come back, until an administrator takes it off the bounce list.',
    perform: (world, as) => bounce(world, userNamed(world, as).profile.email),
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
      const device = enrolDevice(world, whoIs(user), user, input.platform, input.name);
      enrolPhone(world, whoIs(user), user, device);
    },
  },
  answerPush: {
    input: closed({ approve: { type: 'boolean' }, number: { type: 'integer', minimum: 0, maximum: 99 } }, []),
    says: 'Answers the newest “Did you just try to sign in?” on their phone: yes (unless said), no, or by a number.',
    perform(world, as, { approve = true, number }: { approve?: boolean; number?: number }) {
      const user = userNamed(world, as);
      const waiting = waitingPush(world, user.id);
      if (!waiting)
        throw new ApiError({
          name: 'nothing-to-answer',
          status: 422,
          message: `nothing waits on the phone of ${as}`,
        });
      const factorResult = answerPush(world, waiting, approve, number);
      if (factorResult === 'REJECTED') recordDenial(world, whoIs(user), user);
      return { factorResult };
    },
  },
  answerTransaction: {
    input: closed({ decision: { enum: ['approve', 'deny'] }, bindingMessage: text }, ['decision']),
    says: 'Approves or denies what a client asks them by backchannel (the newest, or the one with this message).',
    perform(world, as, input: { decision: 'approve' | 'deny'; bindingMessage?: string }) {
      const waiting = waitingFor(world, userNamed(world, as).id, input.bindingMessage);
      if (!waiting)
        throw new ApiError({ name: 'nothing-waits', status: 422, message: `no client asks ${as} anything` });
      answerBackchannel(world, waiting, input.decision === 'approve');
    },
  },
  ...provisioningGestures,
  ...agentGestures,
  ...guardGestures,
  openSupportCase: {
    input: closed({ subject: text, selfAssigned: { type: 'boolean' } }, ['subject']),
    says: 'Opens a case at Okta Support (`selfAssigned`: its staff opened it and took it on).',
    perform(world, as, { subject, selfAssigned = false }: { subject: string; selfAssigned?: boolean }) {
      administrator(world, as);
      return openSupportCase(world, subject, selfAssigned);
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
