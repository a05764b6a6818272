/** What the owner of an app sets on its pages at api.slack.com. */
import type { Gesture } from '../../../src/twin.ts';
import { resumeEvents } from '../model/events/eventRecord.ts';
import { setSocketMode } from '../model/events/link.ts';
import { verify } from '../model/events/verification.ts';
import { appCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const object = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

export const settingGestures: Readonly<Record<string, Gesture>> = {
  setSocketMode: {
    says: 'Switches Socket Mode of an app on or off; off, its connections are told so and closed.',
    input: object({ app: name, on: { type: 'boolean' } }, ['app', 'on']),
    perform: (world, _as, { app, on }: { app: string; on: boolean }) => {
      const changed = setSocketMode(world, appCalled(world, app), on);
      return { app: changed.id, socketMode: changed.socket_mode };
    },
  },
  enableEvents: {
    says: 'Switches an app’s events on again after Slack switched them off for their many failures.',
    input: object({ app: name }, ['app']),
    perform: (world, _as, { app }: { app: string }) => ({
      app: resumeEvents(world, appCalled(world, app)).id,
    }),
  },
  setRequestUrl: {
    says: 'Sets the address at which an app hears of events; Slack checks it with a challenge.',
    input: object({ app: name, url: { type: 'string', minLength: 1, maxLength: 2_000 } }, ['app', 'url']),
    perform: (world, _as, { app, url }: { app: string; url: string }) => {
      const changed = verify(world, appCalled(world, app), url);
      return { app: changed.id, url, verified: changed.events.verified };
    },
  },
};
