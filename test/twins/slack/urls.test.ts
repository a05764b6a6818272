/** Every address that Slack hands out answers by the way by which the program came. */
import { describe, expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { byWay, expectWalk, WAYS, type Way } from '../ways.ts';

const CDN = /^https:\/\/(a|ca|avatars|emoji)\.slack-edge\.com\//;
const NOT_PUBLIC = /\/T\w+-F\w+-[0-9a-f]{10}$/;
const SCOPES = ['channels:read', 'channels:history', 'chat:write', 'files:read', 'files:write', 'team:read'];

interface Said {
  channels: { id: string; is_member: boolean }[];
  messages: { ts: string; files: Record<string, string>[] }[];
  upload_url: string;
  file_id: string;
}

function signedIn({ universe }: Way): { authorization: string } {
  const minted = universe.work('slack', (world) =>
    slack.credentials.mint(world, { kind: 'bot', scopes: SCOPES }),
  );
  return { authorization: `Bearer ${minted.secret.token}` };
}

/** A file uploaded and shared, and the address of its message. */
async function session(way: Way) {
  const headers = signedIn(way);
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const call = async (method: string, args: Record<string, string> = {}) => {
    const body = String(new URLSearchParams(args));
    const { text } = await way.send(`/api/${method}`, { method: 'POST', headers: form, body });
    expect(text).toContain('"ok":true');
    return JSON.parse(text) as Said;
  };
  await call('auth.test');
  await call('team.info');
  const channel = (await call('conversations.list')).channels.find((one) => one.is_member)?.id ?? '';
  const { upload_url, file_id } = await call('files.getUploadURLExternal', {
    filename: 'a.txt',
    length: '3',
  });
  await way.send(upload_url, { method: 'POST', body: 'abc' });
  const files = JSON.stringify([{ id: file_id }]);
  await call('files.completeUploadExternal', { files, channel_id: channel });
  const [message] = (await call('conversations.history', { channel, limit: '1' })).messages;
  await call('chat.getPermalink', { channel, message_ts: message?.ts ?? '' });
  return { file: message?.files[0] ?? {}, upload_url, headers };
}

describe.each(WAYS)('a program that came by %s', (name) => {
  it('reaches every address that it is given', () =>
    byWay(name, 'slack', 'slack.com', async (way) => {
      const { file, headers } = await session(way);
      const got = await way.send(file.url_private_download as string, { headers });
      expect([got.status, got.text]).toEqual([200, 'abc']);
      const elsewhere = new RegExp(`${CDN.source}|${NOT_PUBLIC.source}|/upload/v1/`);
      await expectWalk(way, name, { elsewhere, least: 5, ask: { headers } });
    }));
});

describe('a program that came by Slack’s own names', () => {
  it('is given Slack’s own addresses', () =>
    byWay('host', 'slack', 'slack.com', async (way) => {
      const { file, upload_url } = await session(way);
      expect(upload_url).toMatch(/^http:\/\/files\.slack\.com\/upload\/v1\/\S+$/);
      expect(file).toMatchObject({
        url_private: expect.stringMatching(/^http:\/\/files\.slack\.com\/files-pri\/T\w+-F\w+\/a\.txt$/),
        permalink: expect.stringMatching(/^http:\/\/acme\.slack\.com\/files\/U\w+\/F\w+\/a\.txt$/),
        permalink_public: expect.stringMatching(/^http:\/\/slack-files\.com\/T\w+-F\w+-[0-9a-f]{10}$/),
      });
    }));
});

it('shows a file that was shared by one way to a reader who came by another, by the reader’s way', () =>
  byWay('host', 'slack', 'slack.com', async (way) => {
    const { file, headers } = await session(way);
    const base = way.universe.publicBase('slack');
    const res = await fetch(`${base}/api/files.info?file=${file.id}`, { headers });
    const { file: info } = (await res.json()) as { file: { url_private: string } };
    expect(info.url_private.startsWith(`${base}/files-pri/`)).toBe(true);
  }));
