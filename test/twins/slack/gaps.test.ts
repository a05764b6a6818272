import { describe, expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { described } from './specs.ts';
import { openWorkspace } from './workspace.ts';

/** Methods of today that the twin lacks, but for those of Enterprise's administrators, and why. */
const GAPS: Readonly<Record<string, string>> = {};

const has = new Set(slack.endpoints.map((one) => one.id));
const lacking = slack.operations.map((one) => one.id).filter((id) => !has.has(id));

describe('methods of Slack', () => {
  it('are all there, but for those that are named with a reason', () => {
    expect(lacking.filter((id) => !id.startsWith('admin.')).sort()).toEqual(Object.keys(GAPS).sort());
  });

  it('that the twin lacks say so by name, whoever asks', async () => {
    const w = await openWorkspace();
    for (const id of lacking) {
      const answer = await w.fetch(`/slack/api/${id}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${w.bot}` },
      });
      expect(answer.headers.get('x-orrery-gap'), id).toBe(id);
      expect(await answer.json()).toMatchObject({ ok: false, error: 'not_implemented', req_method: id });
    }
  });

  it('that are no more are refused as Slack refuses them', async () => {
    const w = await openWorkspace();
    const gone = Object.keys(described).filter((id) => !described[id]?.in_current_reference);
    const answers = await Promise.all(gone.map(async (id) => [id, (await w.api(id)).error]));
    const succeeded = /^(channels|groups|im|mpim)\./;
    for (const [id, error] of answers)
      expect([id, error]).toEqual([id, succeeded.test(id) ? 'method_deprecated' : 'unknown_method']);
    for (const id of ['files.upload', 'rtm.start'])
      expect((await w.api(id, {}, w.user)).error, id).toBe('method_deprecated');
    expect(await w.api('no.such')).toMatchObject({ error: 'unknown_method', req_method: 'no.such' });
  });
});
