/** The console's pages on trials: the list that can be filtered, and one trial's trajectory beside its states. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../control/toy.ts';
import { findingOf, openRuns, runOf, trialOf, V1, V2 } from './runsRecord.ts';

let runs: ReturnType<typeof openRuns>;
let desk: Desk;
beforeEach(() => {
  runs = openRuns();
  desk = openDesk({ runs: runs.root });
});
afterEach(() => {
  desk.close();
  runs.close();
});

const read = async (path: string) => (await desk.call('GET', `/console/runs/one/${path}`)).text;
const trialsIn = (html: string) =>
  [...html.matchAll(/\/console\/runs\/one\/trials\/([\w.-]+)"/g)].map((match) => match[1]);

describe('the list of trials', () => {
  it('shows those of a build, a story and a verdict, with what did not hold', async () => {
    const failed = { verdict: 'unsatisfied', findings: [findingOf('unsatisfied')] };
    runs.write('one', runOf(), [
      trialOf('good'),
      trialOf('bad', { ...failed, index: 1 }),
      trialOf('other-story', { ...failed, scenario: 'desk/refused' }),
      trialOf('other-build', { ...failed, build: V2 }),
      trialOf('nobody-knows', { verdict: 'unknown', cause: 'gap', findings: [] }),
    ]);
    expect(trialsIn(await read('trials'))).toHaveLength(5);
    const html = await read(`trials?build=${V1.slice(0, 12)}&scenario=desk%2Fgranted&verdict=unsatisfied`);
    expect(trialsIn(html)).toEqual(['bad']);
    expect(html).toContain('They are in the group.');
    expect(trialsIn(await read('trials?build=desk+2.0.0'))).toEqual(['other-build']);
    expect(await read('trials?verdict=unknown')).toContain('unknown: gap');
    expect(await read('trials?scenario=nothing')).toContain('No trial is like that.');
  });

  it('tells another attempt, and a check in a fresh process, from the trial itself', async () => {
    const flake = { cause: 'carry-over', verdict: 'unsatisfied', trial: 'a' };
    runs.write('one', runOf(), [
      trialOf('a-again1', { attempt: 1 }),
      trialOf('a-fresh', { checks: 'a', flake }),
    ]);
    const html = await read('trials');
    expect(html).toMatch(/attempt 2/);
    expect(html).toMatch(/checks another in a fresh process.*flake/s);
  });

  it('of 20,000 trials shows a hundred at a time, and finds one near the end', {
    timeout: 20_000,
  }, async () => {
    const all = Array.from({ length: 20_000 }, (_, index) => trialOf(`t-${index}`, { index }));
    runs.write('one', runOf(), all);
    await expect
      .poll(async () => read('trials?at=19900'), { timeout: 10_000 })
      .toContain('19,901 to 20,000 of 20,000');
    const last = await read('trials?at=19900');
    expect(trialsIn(last)).toHaveLength(100);
    expect(last.length).toBeLessThan(100_000);
    expect((await desk.call('GET', '/console/runs/one/trials/t-19999')).status).toBe(200);
  });

  it('follows a log that was begun anew', async () => {
    runs.write('one', runOf(), [trialOf('first'), trialOf('second', { index: 1 })]);
    expect(trialsIn(await read('trials'))).toEqual(['first', 'second']);
    const again = { startedAt: '2026-03-03T09:00:00.000Z' };
    runs.write(
      'one',
      runOf(again),
      ['third', 'fourth', 'fifth'].map((id, index) => trialOf(id, { index })),
    );
    expect(trialsIn(await read('trials'))).toEqual(['third', 'fourth', 'fifth']);
  });
});

describe('a trial', () => {
  const row = (before: unknown, after: unknown, seq: number, t: number) => ({
    t,
    kind: 'state',
    text: 'slack.message.updated C1/1',
    seq,
    change: { twin: 'slack', table: 'messages', key: 'C1/1', before, after },
  });
  const exchange = (seq: number, t: number, text = 'slack chat.update → 200 ok') => ({
    t,
    kind: 'exchange',
    text,
    seq,
    ...{ operation: 'chat.update', method: 'POST', path: '/api/chat.update', outcome: 'ok', ms: 2 },
    response: { status: 200 },
  });
  const write = (entries: Record<string, unknown>[], over: Record<string, unknown> = {}) => {
    runs.write('one', runOf(), [trialOf('t', { trajectory: 'trajectories/t.jsonl', ...over })]);
    runs.trajectory('one', 't', entries);
  };
  /** The moments of the page: what happened, what it changed. */
  const moments = (html: string) =>
    [...html.matchAll(/<time>(.*?)<\/time><div class="did">(.*?)<div class="caused">(.*?)<\/li>/gs)].map(
      ([, time, did, caused]) => ({ time, did: did ?? '', caused: caused ?? '' }),
    );

  it('shows beside each call the rows that it changed, changed fields as they were and as they are', async () => {
    write([
      row({ text: 'old', ts: '1' }, { text: 'new', ts: '1' }, 3, 20),
      { t: 20, kind: 'output', text: 'the program says something' },
      exchange(4, 21),
    ]);
    const [said, called] = moments(await read('trials/t'));
    expect(said?.did).toContain('the program says something');
    expect(said?.caused).toBe('</div>');
    expect(called?.did).toContain('chat.update');
    expect(called?.caused).toMatch(/text.*<del>old<\/del> → <ins>new<\/ins>/s);
    expect(called?.caused).toContain('1 field as before');
    expect(called?.caused).not.toContain('>ts<');
  });

  it('lays no change at the door of a call that did not make it', async () => {
    write([
      row(undefined, { text: 'a' }, 3, 20),
      exchange(9, 21),
      row(undefined, { text: 'b' }, 10, 22),
      exchange(11, 23, 'okta getUser → 200 ok'),
    ]);
    const shown = moments(await read('trials/t'));
    expect(shown.map(({ did }) => did.includes('the state changed'))).toEqual([true, false, true, false]);
    expect(shown.map(({ caused }) => caused.includes('<ins>'))).toEqual([true, false, true, false]);
  });

  it('tells people, deliveries and faults in order, with the time to the millisecond', async () => {
    const click = {
      gesture: 'click',
      as: 'ada@acme.example',
      twin: 'slack',
      by: 'person',
      with: { button: 'ok' },
    };
    const sent = {
      twin: 'slack',
      event: 'message',
      to: 'http://127.0.0.1:1/x',
      attempt: 2,
      status: 500,
      fault: ['late'],
    };
    write([
      {
        t: 5,
        kind: 'fault',
        text: 'slack put late',
        seq: 1,
        twin: 'slack',
        put: 'late',
        fault: { kind: 'lateEvents' },
      },
      { t: 61_007, kind: 'gesture', text: 'slack gesture click', seq: 2, ...click },
      { t: 61_008, kind: 'delivery', text: 'slack event message', seq: 3, ...sent },
      { t: 61_009, kind: 'step', text: 'approve failed', step: 'approve', ok: false },
    ]);
    const shown = moments(await read('trials/t'));
    expect(shown.map(({ time }) => time)).toEqual(['0.005 s', '1:01.007', '1:01.008', '1:01.009']);
    expect(shown[0]?.did).toContain('lateEvents');
    expect(shown[1]?.did).toMatch(/ada@acme\.example.*click.*button ok/s);
    expect(shown[2]?.did).toMatch(/message.*500.*fault late.*attempt 2/s);
    expect(shown[3]?.did).toMatch(/approve.*failed/s);
  });

  it('leads from what did not hold to the moment that shows it, on whichever page that is', async () => {
    const entries = Array.from({ length: 400 }, (_, i) => exchange(i + 1, i));
    const evidence = [{ text: 'it did not hold', seq: 333, atMs: 332 }];
    write(entries, { verdict: 'unsatisfied', findings: [findingOf('unsatisfied', { evidence })] });
    const html = await read('trials/t');
    expect(moments(html)).toHaveLength(150);
    expect(html).toContain('href="/console/runs/one/trials/t?from=300#e-333"');
    const there = await read('trials/t?from=300');
    expect(there).toMatch(/<li id="e-333" class="[^"]*pointed bad"/);
    expect(moments(there)).toHaveLength(100);
  });

  it('gives the command that runs it again, in words a shell takes', async () => {
    write([exchange(1, 1)]);
    expect(await read('trials/t')).toContain(`orrery replay --out ${runs.root}/one t`);
  });

  it('says so where the trajectory was not kept, is gone, or would lie elsewhere', async () => {
    runs.write('one', runOf(), [
      trialOf('not-kept'),
      trialOf('gone', { trajectory: 'trajectories/gone.jsonl' }),
      trialOf('elsewhere', { trajectory: 'trajectories/../run.json' }),
    ]);
    expect(await read('trials/not-kept')).toContain('Its trajectory was not kept');
    expect(await read('trials/gone')).toContain('cannot be read');
    expect(await read('trials/elsewhere')).toContain('cannot be read');
  });

  it('shows rows that were too long for the record as far as they go', async () => {
    const change = '{"twin":"google","table":"files","key":"f","before":{"id":"f"… (9000 characters)';
    write([
      { t: 1, kind: 'state', text: 'google.file.updated f', seq: 1, change },
      exchange(2, 2, 'google x → 200 ok'),
    ]);
    const [moment] = moments(await read('trials/t'));
    expect(moment?.caused).toMatch(/google.*file updated.*files f.*too long to keep whole/s);
  });

  it('that the run does not have is not found', async () => {
    write([]);
    expect((await desk.call('GET', '/console/runs/one/trials/nope')).status).toBe(404);
  });
});

describe('the stream of changes of a run', () => {
  it('says when a trial has ended and when the run has', { timeout: 15_000 }, async () => {
    runs.write('one', runOf({ status: 'running', builds: [] }), [trialOf('a')]);
    const { text } = await desk.call('GET', '/console/runs/one');
    const after = /data-after="([^"]*)"/.exec(text)?.[1];
    const stream = await desk.app.request(`http://127.0.0.1:4700/console/runs/one/live?after=${after}`);
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    let heard = '';
    const hear = async (what: string) => {
      while (!heard.includes(what)) {
        const { done, value } = await reader.read();
        if (done) break;
        heard += new TextDecoder().decode(value);
      }
    };
    await hear(': here');
    expect(heard).not.toContain('event:');
    runs.add('one', [trialOf('b', { index: 1 })]);
    await hear('event: changed');
    runs.write('one', runOf(), [trialOf('a'), trialOf('b', { index: 1 })]);
    await hear('event: end');
    expect(heard).toMatch(/event: changed\ndata: \{"last":"[\d-]+"\}\n\n[\s\S]*event: end/);
  });
});
