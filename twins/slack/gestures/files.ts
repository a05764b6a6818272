/** What people do with files: share one of theirs, delete it. */
import type { Gesture } from '../../../src/twin.ts';
import { deleteFile, theFile } from '../model/files/file.ts';
import { complete, receive, requestUpload } from '../model/files/upload.ts';
import type { Token } from '../world.ts';
import { write } from './messages.ts';
import { personCalled, placeCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;

interface Sharing {
  channel: string;
  name: string;
  content: string;
  encoding?: 'base64';
  title?: string;
  text?: string;
  thread_ts?: string;
}

export const fileGestures: Readonly<Record<string, Gesture>> = {
  shareFile: {
    says: 'Uploads a file into a channel (by name or id), or to a person (e-mail) or an app (@name).',
    input: {
      type: 'object',
      additionalProperties: false,
      required: ['channel', 'name', 'content'],
      properties: {
        channel: name,
        name,
        content: { type: 'string', minLength: 1 },
        encoding: { const: 'base64' },
        title: name,
        text: { type: 'string', maxLength: 40_000 },
        thread_ts: { type: 'string', pattern: '^\\d+\\.\\d{6}$' },
      },
    },
    perform: (world, as, said: Sharing) => {
      const person = personCalled(world, as);
      const channel = placeCalled(world, person, said.channel);
      const bytes = Buffer.from(said.content, said.encoding ?? 'utf8');
      const own = { user: person.id } as Token;
      const upload = requestUpload(world, own, { filename: said.name, length: bytes.length });
      receive(world, upload.secret, bytes);
      complete(world, own, [{ id: upload.file, ...(said.title ? { title: said.title } : {}) }]);
      const written = write(world, person, channel, {
        text: said.text ?? '',
        files: [{ id: upload.file }],
        ...(said.thread_ts ? { thread_ts: said.thread_ts } : {}),
      });
      return { ...written, file: upload.file };
    },
  },
  deleteFile: {
    says: 'Deletes one’s own file; where it was shared, a tombstone is left.',
    input: { type: 'object', additionalProperties: false, required: ['file'], properties: { file: name } },
    perform: (world, as, { file }: { file: string }) => {
      const own = { user: personCalled(world, as).id, kind: 'user' } as Token;
      deleteFile(world, own, theFile(world, own, file));
      return { file };
    },
  },
};
