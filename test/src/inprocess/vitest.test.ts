/** `orrery/vitest`: a small project of somebody else's, whose tests run in a vitest of their own. */
import { describe, expect, it } from 'vitest';
import { RUN_MS_MAX, runProject } from './project.ts';

const run = (text: string) => runProject({ 'sample.test.ts': text });

describe('orreryTest', () => {
  it('gives every test a universe of its own, with clock, faults, gestures, journal and credentials at hand', {
    timeout: RUN_MS_MAX,
  }, async () => {
    const { passed, failed, output } = await run(`
      import { expect } from 'vitest';
      import { orreryTest } from 'orrery/vitest';
      const test = orreryTest({ world: 'acme', seed: 1, clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' } });
      const call = async (universe, method, args = {}) => (await universe.fetch('https://slack.com/api/' + method, {
        method: 'POST',
        headers: { authorization: 'Bearer ' + universe.credentials.slack.botToken, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(args),
      })).json();
      for (const nth of [1, 2])
        test('posts into a channel that nobody else writes to ' + nth, async ({ universe }) => {
          const { channel, ts } = await call(universe, 'chat.postMessage', { channel: '#general', text: 'once' });
          const { messages } = await call(universe, 'conversations.history', { channel });
          expect(messages.filter((one) => one.text === 'once').length).toBe(1);
          expect(universe.id).toBe('posts-into-a-channel-that-nobody-else-writes-to-' + nth);
        });
      test('moves time and puts faults in', async ({ universe }) => {
        await universe.advance('1h');
        expect(universe.clock.now).toBe('2026-03-02T10:00:00.000Z');
        universe.fault('slack/outage');
        expect((await universe.fetch('https://slack.com/api/api.test')).status).toBe(503);
        expect(universe.journal({ kind: 'exchange' }).length).toBe(1);
        expect(universe.faults[0].hits).toBe(1);
      });
      test('begins without them again', async ({ universe }) => {
        expect(universe.clock.now).toBe('2026-03-02T09:00:00.000Z');
        expect(universe.faults).toEqual([]);
        expect(universe.journal()).toEqual([]);
      });
      test.concurrent.for([1, 2, 3])('runs beside others %i', async (nth, { universe }) => {
        for (let i = 0; i < nth; i++) await call(universe, 'auth.test');
        expect(universe.journal({ kind: 'exchange' }).length).toBe(nth);
      });
    `);
    expect(failed, output).toEqual([]);
    expect(passed).toHaveLength(7);
    expect(output).not.toContain('journal of universe');
  });

  it('prints the journal of a test that fails, and of no other, without secrets', {
    timeout: RUN_MS_MAX,
  }, async () => {
    const { passed, failed, output } = await run(`
      import { expect } from 'vitest';
      import { orreryTest } from 'orrery/vitest';
      const test = orreryTest({ seed: 1 });
      test('passes', async ({ universe }) => {
        await universe.fetch('https://slack.com/api/api.test?quiet=1');
      });
      test('expects too much', async ({ universe }) => {
        const authorization = 'Bearer ' + universe.credentials.slack.botToken;
        console.log('the token is long: ' + authorization.length);
        await universe.fetch('https://slack.com/api/auth.test', { method: 'POST', headers: { authorization } });
        await universe.fetch('https://slack.com/api/chat.postMessage', { method: 'POST', headers: { authorization }, body: new URLSearchParams({ channel: '#nowhere', text: 'x' }) });
        expect(1).toBe(2);
      });
    `);
    expect([passed, failed]).toEqual([['passes'], ['expects too much']]);
    expect(output).toContain('journal of universe expects too much (expects-too-much)');
    expect(output).toMatch(/slack\s+200 auth\.test {2}POST \/api\/auth\.test as /);
    expect(output).toContain('"error":"channel_not_found"');
    expect(output).not.toContain('quiet=1');
    expect(output).not.toMatch(/xoxb-\d+-\d+-\w{8}/);
  });

  it.each(['msw', 'undici'])(
    'brings unchanged code home through %s, one test at a time',
    {
      timeout: RUN_MS_MAX,
    },
    async (via) => {
      const { passed, failed, output } = await run(`
      import { createServer } from 'node:http';
      import { WebClient } from '@slack/web-api';
      import { afterEach, expect } from 'vitest';
      import { orreryTest } from 'orrery/vitest';
      const test = orreryTest({ seed: 1, via: '${via}', env: true });
      test('a client with nothing but its environment', async ({ universe }) => {
        const web = new WebClient(process.env.SLACK_BOT_TOKEN);
        expect((await web.auth.test()).ok).toBe(true);
        expect(universe.journal({ kind: 'exchange' }).map((one) => one.operation)).toEqual(['auth.test']);
      });
      test('needs not ask for the universe', async () => {
        expect((await fetch('https://slack.com/api/api.test')).status).toBe(200);
      });
      test('reaches this machine’s own servers', async () => {
        const server = createServer((_, response) => response.end('own'));
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        expect(await (await fetch('http://127.0.0.1:' + server.address().port)).text()).toBe('own');
        server.close();
      });
      test('reaches nobody else', async () => {
        const error = await fetch('https://foreign.example/').catch((error) => error.cause ?? error);
        expect([error.code, error.message]).toEqual(['ERR_ORRERY_REFUSED', expect.stringContaining("allow: ['foreign.example']")]);
      });
      let end;
      const ended = new Promise((resolve) => { end = resolve; });
      afterEach(({ task }) => { if (task.name === 'run 2') end(); });
      test.describe.concurrent('at once', () => {
        test('run 1', async ({ universe }) => { await ended; });
        test('run 2', async ({ universe }) => {});
      });
    `);
      expect(passed, output).toHaveLength(5);
      expect(failed).toHaveLength(1);
      expect(output).toContain("run them one after the other, or use via: 'none'");
    },
  );
});
