/** What people do with work objects: open them, read their comments. */
import type { Gesture } from '../../../src/twin.ts';
import { requestEntity } from '../model/interactivity/entity.ts';
import { appCalled, personCalled, placeCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;

interface Opened {
  app: string;
  id: string;
  type?: string;
  url: string;
  channel?: string;
  ts?: string;
  comments?: boolean;
}

export const entityGestures: Readonly<Record<string, Gesture>> = {
  openEntity: {
    says: 'Opens a work object of an app, or its comments; the app hears what it is to show.',
    input: {
      type: 'object',
      additionalProperties: false,
      required: ['app', 'id', 'url'],
      properties: {
        app: name,
        id: name,
        type: name,
        url: { type: 'string', minLength: 1, maxLength: 2_000 },
        channel: name,
        ts: { type: 'string', pattern: '^\\d+\\.\\d{6}$' },
        comments: { type: 'boolean' },
      },
    },
    perform: (world, as, { app, channel, ts, comments, ...rest }: Opened) => {
      const person = personCalled(world, as);
      const { id } = requestEntity(world, appCalled(world, app), person.id, {
        ...rest,
        wants: comments ? 'comments' : 'details',
        ...(channel ? { channel: placeCalled(world, person, channel).id } : {}),
        ...(ts ? { message_ts: ts } : {}),
      });
      return { trigger_id: id };
    },
  },
};
