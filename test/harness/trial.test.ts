import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrialRecord } from '../../harness/record.ts';
import { tryStory } from './bench.ts';
import { FakeHost } from './fake-host.ts';

let host: FakeHost;
beforeAll(async () => {
  host = await FakeHost.open();
});
afterAll(() => host.close());

const failing = ({ findings }: TrialRecord) =>
  findings.filter(({ verdict }) => verdict !== 'satisfied').map(({ id, verdict }) => `${id} ${verdict}`);

describe('a trial', () => {
  it('of a sound program is satisfied, and minutes of thinking take no time', async () => {
    const { record, trajectory } = await tryStory(host, []);
    expect(failing(record)).toEqual([]);
    expect(record.verdict).toBe('satisfied');
    expect(record.score).toBe(1);
    expect(record.universeMs).toBeGreaterThan(60_000);
    expect(record.wallMs).toBeLessThan(3000);
    expect(trajectory.some(({ kind }) => kind === 'exchange')).toBe(true);
    expect(host.universes.size).toBe(1);
  });

  it('of a program that forgets says which expectation failed, and with what values', async () => {
    const { record } = await tryStory(host, ['forgets']);
    expect(record.verdict).toBe('unsatisfied');
    expect(failing(record)).toEqual(['granted unsatisfied']);
    expect(record.findings[0]?.evidence[0]?.text).toBe('it did not come true within 2m after "approve"');
  });

  it('catches what must never happen, also when a later state looks right', async () => {
    expect(failing((await tryStory(host, ['early'])).record)).toEqual([
      'early unsatisfied',
      'once unsatisfied',
    ]);
    expect(failing((await tryStory(host, ['anyone'])).record)).toContain('early unsatisfied');
  });

  it('catches changes that nobody asked for and leaves out what people did', async () => {
    const { record } = await tryStory(host, ['collateral']);
    expect(failing(record)).toEqual(['collateral unsatisfied']);
    expect(record.findings.at(-1)?.evidence.map(({ text }) => text)).toEqual(['okta users o2 was changed']);
  });

  it('is unsatisfied where the program crashes, and shows its end', async () => {
    const { record } = await tryStory(host, ['crash']);
    expect(record.verdict).toBe('unsatisfied');
    expect(record.findings[0]?.evidence[0]?.text).toBe('it exited with code 3');
  });

  it('is unsatisfied where the program is never ready', async () => {
    const { record } = await tryStory(host, [], {}, { ready: { line: 'never said', within: '200ms' } });
    expect(record.verdict).toBe('unsatisfied');
    expect(record.findings[0]?.evidence[0]?.text).toBe('it was not ready within 200ms');
  });

  it('is unknown by a gap where the program asked for what a twin lacks', async () => {
    const { record } = await tryStory(host, ['gap']);
    expect([record.verdict, record.cause, record.gaps]).toEqual(['unknown', 'gap', ['jira lacking']]);
  });

  it('waits out a Retry-After and tells the polite from the impolite', async () => {
    const faults = [
      { kind: 'error', match: { operation: 'chat.postMessage' }, count: 1, params: { retryAfter: 1 } },
    ];
    expect(failing((await tryStory(host, [], { faults })).record)).toEqual([]);
    expect(failing((await tryStory(host, ['impolite'], { faults })).record)).toEqual(['polite unsatisfied']);
    expect(failing((await tryStory(host, ['no-retry'], { faults })).record)).toContain('told unsatisfied');
  });

  it('gives the same draws for the same seed, whatever the build', async () => {
    const [a, b] = [await tryStory(host, []), await tryStory(host, ['forgets'])];
    expect(a.record.given).toEqual(b.record.given);
    expect(a.record.given.requester).toBe('bob@acme.test');
  });

  it('is unknown by the harness where an expression cannot be evaluated', async () => {
    const expectations = { must: [{ id: 'typo', that: "requester.emial == 'x'" }] };
    const { record } = await tryStory(host, [], { expect: expectations });
    expect([record.verdict, record.cause]).toEqual(['unknown', 'harness']);
  });
});
