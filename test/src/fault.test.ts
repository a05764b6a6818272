import { describe, expect, it } from 'vitest';
import { type FaultInput, Faults } from '../../src/fault.ts';
import { FAULT_KINDS } from '../../src/faults/index.ts';

const subject = (operation = 'chat.postMessage', twin = 'slack', actor = 'app') => ({
  twin,
  operation,
  actor,
  request: () => ({ request: { body: { n: 3 } } }),
});
const faults = (...inputs: FaultInput[]) => {
  const all = new Faults(FAULT_KINDS, 1);
  for (const input of inputs) all.add(input, 0);
  return all;
};
/** Which of `times` requests are hit. */
const hits = (all: Faults, times: number, of = subject()) =>
  Array.from({ length: times }, (_, i) => i).filter(() => all.request(of, 0) !== undefined);

describe('a fault', () => {
  it('hits the operation it names, by glob, twin and actor', () => {
    const all = faults({ kind: 'outage', match: { twin: 'slack', operation: 'chat.*', actor: 'a*' } });
    expect(all.request(subject(), 0)).toBeDefined();
    expect(all.request(subject('users.list'), 0)).toBeUndefined();
    expect(all.request(subject('chat.postMessage', 'okta'), 0)).toBeUndefined();
    expect(all.request(subject('chat.postMessage', 'slack', 'bot'), 0)).toBeUndefined();
  });

  it('lets the first ones by and stops after its count', () => {
    expect(hits(faults({ kind: 'outage', skip: 2, count: 2 }), 6)).toEqual([2, 3]);
  });

  it('acts within its window only', () => {
    const all = faults({ kind: 'outage', window: { from: 100, for: 50 } });
    expect([99, 100, 149, 150].map((now) => all.request(subject(), now) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('with a probability hits about that share, the same ones every time', () => {
    const input: FaultInput = { kind: 'outage', probability: 0.3 };
    const first = hits(faults(input), 1_000);
    expect(hits(faults(input), 1_000)).toEqual(first);
    expect(first.length).toBeGreaterThan(250);
    expect(first.length).toBeLessThan(350);
  });

  it('draws the same for an operation whatever other operations are called', () => {
    const input: FaultInput = { kind: 'outage', probability: 0.5 };
    const alone = hits(faults(input), 50);
    const mixed = faults(input);
    const among = Array.from({ length: 50 }, (_, i) => {
      mixed.request(subject('users.list'), 0);
      return mixed.request(subject(), 0) ? i : -1;
    }).filter((i) => i >= 0);
    expect(among).toEqual(alone);
  });

  it('is refused where its expression cannot be read or names what there is not', () => {
    expect(() => faults({ kind: 'outage', match: { when: 'request.body.' } })).toThrow(TypeError);
    expect(() => faults({ kind: 'outage', match: { when: 'nosuch == 1' } })).toThrow('nosuch');
  });

  it('lets by what its expression cannot be asked of', () => {
    const all = faults({ kind: 'outage', match: { when: 'request.body.missing.deep == 1' } });
    expect(all.request(subject(), 0)).toBeUndefined();
  });

  it('waits as its distribution says', () => {
    const waits = (params: Record<string, unknown>) => {
      const all = faults({ kind: 'latency', params });
      return Array.from({ length: 400 }, () => all.request(subject(), 0)?.delayMs ?? 0).sort((a, b) => a - b);
    };
    expect(new Set(waits({ fixed: '250ms' }))).toEqual(new Set([250]));
    const uniform = waits({ uniform: ['100ms', '200ms'] });
    expect([uniform[0]! >= 100, uniform[399]! <= 200]).toEqual([true, true]);
    const lognormal = waits({ lognormal: { median: '100ms', sigma: 0.5 } });
    expect(lognormal[200]).toBeGreaterThan(85);
    expect(lognormal[200]).toBeLessThan(118);
  });
});
