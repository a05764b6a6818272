/** Letting apps in and sending them away, as people do on Slack's web site. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { allow, deny, type Flow, requestIn } from '../model/apps/authorization.ts';
import { connectAccount } from '../model/apps/externalAccount.ts';
import { install } from '../model/apps/install.ts';
import { uninstall } from '../model/apps/revocation.ts';
import { askConnection } from '../model/apps/userConnection.ts';
import { channelMeant } from '../model/channels/channel.ts';
import type { Channel } from '../world.ts';
import { appCalled, installedApp, personCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 };
const object = (properties: Record<string, unknown>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const FLOWS: readonly [RegExp, Flow][] = [
  [/\/oauth\/v2\/authorize$/, 'v2'],
  [/\/oauth\/v2_user\/authorize$/, 'v2_user'],
  [/\/oauth\/authorize$/, 'classic'],
  [/\/openid\/connect\/authorize$/, 'openid'],
];

export const appGestures: Readonly<Record<string, Gesture>> = {
  consent: {
    says: 'Answers the consent page at the address to which an app sent the person; gives where the browser is led to.',
    input: object(
      {
        url: { type: 'string', minLength: 1, maxLength: 8_000 },
        allow: { type: 'boolean' },
        channel: name,
      },
      ['url'],
    ),
    perform: (world, as, given: { url: string; allow?: boolean; channel?: string }) =>
      answer(world, as, given),
  },
  installApp: {
    says: 'Presses “Install to Workspace” in an app’s settings: its bot comes with the scopes that the app names.',
    input: object({ app: name, channel: name }, ['app']),
    perform: (world, as, given: { app: string; channel?: string }) => {
      const app = appCalled(world, given.app);
      const user = personCalled(world, as).id;
      const posts = app.scopes.includes('incoming-webhook') ? given.channel : undefined;
      const place = posts === undefined ? undefined : channelCalled(world, user, posts);
      install(world, app, {
        user,
        scopes: app.scopes,
        user_scopes: app.user_scopes,
        ...(place ? { channel: place.id } : {}),
      });
      return { app: app.id };
    },
  },
  connectExternalAccount: {
    says: 'Signs in with an external provider of an app that Slack hosts, and lends the app the token.',
    input: object({ app: name, provider: name, refreshable: { type: 'boolean' } }, ['app', 'provider']),
    perform: (
      world,
      as,
      { app, provider, refreshable = true }: { app: string; provider: string; refreshable?: boolean },
    ) => {
      const person = personCalled(world, as);
      const { id } = connectAccount(world, installedApp(world, app), person, provider, refreshable);
      return { externalTokenId: id };
    },
  },
  connectAccount: {
    says: 'Presses Connect (or Disconnect) where an app asks for an account of the person’s.',
    input: object({ app: name }, ['app']),
    perform: (world, as, { app }: { app: string }) =>
      askConnection(world, installedApp(world, app), personCalled(world, as)),
  },
  uninstallApp: {
    says: 'Removes an app from the workspace: its tokens and webhooks end, and it is told so.',
    input: object({ app: name }, ['app']),
    perform: (world, as, { app }: { app: string }) => {
      personCalled(world, as);
      return { app: uninstall(world, installedApp(world, app)).id };
    },
  },
};

function answer(
  world: World,
  as: string,
  given: { url: string; allow?: boolean; channel?: string },
): { location: string } {
  const [path = '', query = ''] = given.url.split('?');
  const flow = FLOWS.find(([form]) => form.test(path))?.[1];
  if (!flow) throw cannot('no-consent-page', `${path} is no page on which an app asks to be let in`);
  const asked = requestIn(world, flow, new URLSearchParams(query.split('#')[0]));
  const person = personCalled(world, as);
  if (given.allow === false) return { location: deny(asked) };
  const place = given.channel === undefined ? undefined : channelCalled(world, person.id, given.channel);
  return { location: allow(world, asked, person, place?.id) };
}

function channelCalled(world: World, user: string, text: string): Channel {
  const channel = channelMeant(world, user, text);
  if (!channel) throw cannot('channel_not_found', `there is no channel ${text} to choose`);
  return channel;
}
