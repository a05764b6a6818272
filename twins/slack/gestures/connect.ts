/** What people do about channels shared between companies; some of them are of another one. */
import type { Gesture } from '../../../src/twin.ts';
import { cannot } from '../errors.ts';
import {
  channelBrief,
  connectInvites,
  inviteBrief,
  receiveInvite,
  takeInvite,
} from '../model/channels/connectInvite.ts';
import { requestInvite } from '../model/channels/inviteRequest.ts';
import { tellApp } from '../model/events/event.ts';
import { eventTs } from '../model/messages/timestamp.ts';
import { appCalled, personCalled, placeCalled } from './person.ts';

const line = { type: 'string', minLength: 1, maxLength: 255 } as const;
const object = (properties: Record<string, unknown>, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

export const connectGestures: Readonly<Record<string, Gesture>> = {
  acceptSharedInvite: {
    says: 'Takes an invitation into a channel, as somebody of another company; `review`: administrators have to approve.',
    input: object({ invite: line, review: { type: 'boolean' } }, ['invite']),
    perform: (world, as, { invite: id, review }: { invite: string; review?: boolean }) => {
      const invite = world.get(connectInvites, id);
      if (
        invite?.email !== as.toLowerCase() ||
        invite.status !== 'invited' ||
        invite.direction !== 'outgoing'
      )
        throw cannot('invite_not_found', `${as} was not invited by ${id}, or has answered`);
      return { team: takeInvite(world, invite, review ?? false).team };
    },
  },
  inviteApp: {
    says: 'Invites an app of the workspace into a channel of another company, as somebody of that company.',
    input: object({ app: line, channel: line }, ['app', 'channel']),
    perform: (world, as, given: { app: string; channel: string }) => {
      const app = appCalled(world, given.app);
      const invite = receiveInvite(world, as, given.channel);
      const recipient = { ...inviteBrief(world, invite), recipient_user_id: app.bot_user };
      const channel = channelBrief(world, invite);
      const event_ts = eventTs(world);
      tellApp(world, app, { type: 'shared_channel_invite_received', invite: recipient, channel, event_ts });
      return { invite: invite.id };
    },
  },
  requestSharedInvite: {
    says: 'Asks to have somebody of another company (e-mail) invited into a channel.',
    input: object({ channel: line, email: line }, ['channel', 'email']),
    perform: (world, as, { channel, email }: { channel: string; email: string }) => {
      const person = personCalled(world, as);
      return { request: requestInvite(world, person, placeCalled(world, person, channel), email).id };
    },
  },
};
