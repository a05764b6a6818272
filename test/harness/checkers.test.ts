import { describe, expect, it } from 'vitest';
import { callsChecker } from '../../harness/checkers/calls.ts';
import type {
  Ended,
  Happened,
  PreparedExpectation,
  Preparing,
  Sight,
} from '../../harness/checkers/checker.ts';
import { mustChecker } from '../../harness/checkers/must.ts';
import { neverChecker } from '../../harness/checkers/never.ts';
import { orderChecker } from '../../harness/checkers/order.ts';
import { sloChecker } from '../../harness/checkers/slo.ts';
import { untouchedChecker } from '../../harness/checkers/untouched.ts';
import { expressions } from '../../harness/expression.ts';
import type { JournalEntry, RowChange } from '../../harness/host.ts';
import { LensWorld } from '../../harness/lens/lens.ts';

/** A trial as a script: seconds since the start, and what happened then. */
type Event = [
  number,
  (
    | 'on'
    | 'off'
    | { step: string }
    | { call: string; ms?: number; retryAfter?: number }
    | { change: RowChange; by?: 'person' }
  ),
];

const preparing: Preparing = {
  compile: (text, extra = []) => expressions(['steps', ...extra]).compile(String(text)),
};
/** The switch that scripts turn on and off: whether the one file exists. */
const ON = 'files().size() > 0';

async function judge(
  expectation: PreparedExpectation,
  script: Event[],
  ended: Partial<Ended> & { at: number },
) {
  const files = new Map<string, unknown>();
  const steps: Record<string, unknown> = {};
  const times = new Map<string, number>();
  const world = new LensWorld({ get: () => undefined, rows: () => files.values() }, []);
  const sight: Sight = {
    world,
    names: () => ({ steps }),
    t0: 0,
    stepAt: (id) => times.get(id),
    changesOnce: async () => [],
  };
  const watcher = expectation.watch(sight);
  let seq = 0;
  for (const [second, what] of script) {
    const at = second * 1000;
    const see = (happened: Omit<Happened, 'at'>) => watcher.see({ at, ...happened });
    const entry = (kind: JournalEntry['kind'], more: object = {}): JournalEntry => {
      return { seq: ++seq, at: new Date(at).toISOString(), kind, ...more };
    };
    if (what === 'on' || what === 'off') {
      if (what === 'on') files.set('f', { id: 'f' });
      else files.clear();
      world.touch('google.files');
      see({ entry: entry('state'), changes: [{ twin: 'google', table: 'files', key: 'f', after: {} }] });
    } else if ('step' in what) {
      times.set(what.step, at);
      steps[what.step] = {};
      see({ step: { id: what.step, ok: true } });
    } else if ('call' in what) {
      const headers = what.retryAfter === undefined ? {} : { 'Retry-After': String(what.retryAfter) };
      const more = {
        twin: 'slack',
        operation: what.call,
        outcome: 'ok',
        ms: what.ms ?? 0,
        response: { headers },
      };
      see({ entry: entry('exchange', more), changes: [] });
    } else {
      see({ entry: entry('state'), changes: [what.change] });
      see({ entry: entry(what.by === 'person' ? 'gesture' : 'exchange'), changes: [] });
    }
  }
  return watcher.end({ reason: 'quiet', ...ended, at: ended.at * 1000 });
}

const must = (more: object) => mustChecker('must', { id: 'm', that: ON, ...more }, preparing);
const verdict = async (...args: Parameters<typeof judge>) => (await judge(...args)).verdict;

describe('must', () => {
  it('within: some moment of the span is enough, also one that began before it', async () => {
    const within = must({ after: 'go', within: '10s' });
    expect(
      await verdict(
        within,
        [
          [1, { step: 'go' }],
          [11, 'on'],
          [12, 'off'],
        ],
        { at: 60 },
      ),
    ).toBe('satisfied');
    expect(
      await verdict(
        within,
        [
          [1, { step: 'go' }],
          [12, 'on'],
        ],
        { at: 60 },
      ),
    ).toBe('unsatisfied');
    expect(
      await verdict(
        within,
        [
          [1, 'on'],
          [2, { step: 'go' }],
          [3, 'off'],
        ],
        { at: 60 },
      ),
    ).toBe('satisfied');
    expect(
      await verdict(
        within,
        [
          [1, 'on'],
          [2, 'off'],
          [3, { step: 'go' }],
        ],
        { at: 60 },
      ),
    ).toBe('unsatisfied');
  });

  it('for: it must hold throughout a span that begins in time', async () => {
    const lasting = must({ within: '10s', for: '5s' });
    expect(
      await verdict(
        lasting,
        [
          [9, 'on'],
          [14, 'off'],
        ],
        { at: 60 },
      ),
    ).toBe('satisfied');
    expect(
      await verdict(
        lasting,
        [
          [9, 'on'],
          [13, 'off'],
          [20, 'on'],
        ],
        { at: 60 },
      ),
    ).toBe('unsatisfied');
    expect(
      await verdict(
        lasting,
        [
          [3, 'on'],
          [4, 'off'],
          [8, 'on'],
        ],
        { at: 60 },
      ),
    ).toBe('satisfied');
  });

  it('for end: it must hold from a moment in time to the end', async () => {
    const toEnd = must({ within: '10s', for: 'end' });
    expect(await verdict(toEnd, [[9, 'on']], { at: 60 })).toBe('satisfied');
    expect(
      await verdict(
        toEnd,
        [
          [9, 'on'],
          [30, 'off'],
        ],
        { at: 60 },
      ),
    ).toBe('unsatisfied');
    expect(
      await verdict(
        toEnd,
        [
          [2, 'on'],
          [30, 'off'],
          [31, 'on'],
        ],
        { at: 60 },
      ),
    ).toBe('unsatisfied');
  });

  it('at end: only the end counts; without within: any moment', async () => {
    expect(
      await verdict(
        must({ at: 'end' }),
        [
          [1, 'on'],
          [2, 'off'],
        ],
        { at: 60 },
      ),
    ).toBe('unsatisfied');
    expect(await verdict(must({ at: 'end' }), [[1, 'on']], { at: 60 })).toBe('satisfied');
    expect(
      await verdict(
        must({}),
        [
          [50, 'on'],
          [51, 'off'],
        ],
        { at: 60 },
      ),
    ).toBe('satisfied');
  });

  it('is unsatisfied where its step never happened, and unknown where we cut the trial short', async () => {
    const within = must({ after: 'go', within: '10s' });
    expect(await judge(within, [[1, 'on']], { at: 60 })).toMatchObject({
      verdict: 'unsatisfied',
      evidence: [{ text: 'step "go" never happened' }],
    });
    const cut = await judge(within, [[1, { step: 'go' }]], { at: 5, reason: 'aborted' });
    expect(cut).toMatchObject({ verdict: 'unknown', cause: 'harness' });
    expect(await verdict(within, [[1, { step: 'go' }]], { at: 5, reason: 'exit' })).toBe('unsatisfied');
  });

  it('tells how long it took', async () => {
    const { tookMs } = (await judge(
      must({ after: 'go' }),
      [
        [2, { step: 'go' }],
        [5, 'on'],
      ],
      { at: 60 },
    )) as { tookMs: number };
    expect(tookMs).toBe(3000);
  });
});

describe('never', () => {
  const early = neverChecker({ id: 'n', that: ON, until: 'go' }, preparing);

  it('is violated by one moment inside the span, not by one after it', async () => {
    expect(
      await verdict(
        early,
        [
          [1, 'on'],
          [2, 'off'],
          [3, { step: 'go' }],
        ],
        { at: 9 },
      ),
    ).toBe('unsatisfied');
    expect(
      await verdict(
        early,
        [
          [1, { step: 'go' }],
          [1, 'on'],
        ],
        { at: 9 },
      ),
    ).toBe('satisfied');
  });

  it('goes on to the end where `until` never comes', async () => {
    expect(await verdict(early, [[8, 'on']], { at: 9 })).toBe('unsatisfied');
    expect(await verdict(early, [], { at: 9 })).toBe('satisfied');
  });
});

describe('order', () => {
  const change = (table: string, key: string, user = ''): Event => [
    1,
    { change: { twin: table === 'issues' ? 'jira' : 'okta', table, key, after: { id: key, user } } },
  ];
  const order = orderChecker(
    // biome-ignore lint/suspicious/noThenProperty: `then` is the file format's own word
    { id: 'o', first: { state: 'jira.issue.created' }, then: { state: 'okta.member.added' } },
    preparing,
  );

  it('needs an earlier first for each then', async () => {
    expect(await verdict(order, [change('issues', '1'), change('groupMembers', 'g/u')], { at: 9 })).toBe(
      'satisfied',
    );
    expect(await verdict(order, [change('groupMembers', 'g/u'), change('issues', '1')], { at: 9 })).toBe(
      'unsatisfied',
    );
  });
});

describe('calls', () => {
  it('bounds their number', async () => {
    const few = callsChecker({ id: 'c', to: { operation: 'chat.*' }, count: { min: 1, max: 2 } });
    const call = (second: number): Event => [second, { call: 'chat.postMessage' }];
    expect(await verdict(few, [], { at: 9 })).toBe('unsatisfied');
    expect(await verdict(few, [call(1), call(2), [3, { call: 'users.info' }]], { at: 9 })).toBe('satisfied');
    expect(await verdict(few, [call(1), call(2), call(3)], { at: 9 })).toBe('unsatisfied');
  });

  it('finds a call that came before it was asked to', async () => {
    const polite = callsChecker({
      id: 'p',
      to: { twin: 'slack' },
      rule: 'respects-retry-after',
      slack: '250ms',
    });
    const asked: Event = [1, { call: 'chat.postMessage', retryAfter: 2 }];
    expect(await verdict(polite, [asked, [3, { call: 'chat.postMessage' }]], { at: 9 })).toBe('satisfied');
    expect(await verdict(polite, [asked, [2.8, { call: 'chat.postMessage' }]], { at: 9 })).toBe('satisfied');
    expect(await verdict(polite, [asked, [2, { call: 'users.info' }]], { at: 9 })).toBe('satisfied');
    expect(await judge(polite, [asked, [2, { call: 'chat.postMessage' }]], { at: 9 })).toMatchObject({
      verdict: 'unsatisfied',
      evidence: [{ text: 'chat.postMessage came 1s before it was asked to (entry 1)', seq: 2 }],
    });
  });
});

describe('untouched', () => {
  const none = untouchedChecker(
    { id: 'u', except: [{ twin: 'jira', table: 'issues', where: 'row.created' }] },
    preparing,
  );
  const user = { twin: 'okta', table: 'users', key: 'u1' };

  it('finds what came and went again, which no diff shows', async () => {
    const script: Event[] = [
      [1, { change: { ...user, after: {} } }],
      [2, { change: { ...user, before: {} } }],
    ];
    expect(await judge(none, script, { at: 9 })).toMatchObject({
      verdict: 'unsatisfied',
      evidence: [{ text: 'okta users u1 was created', atMs: 1000 }],
    });
  });

  it('leaves out what people did and what is excepted, later changes of it included', async () => {
    const issue = { twin: 'jira', table: 'issues', key: '1' };
    const script: Event[] = [
      [1, { change: { ...user, before: { a: 1 }, after: { a: 2 } }, by: 'person' }],
      [2, { change: { ...issue, after: { a: 1 } } }],
      [3, { change: { ...issue, before: { a: 1 }, after: { a: 2 } } }],
    ];
    expect(await verdict(none, script, { at: 9 })).toBe('satisfied');
    const old: Event[] = [[1, { change: { ...issue, before: { a: 1 }, after: { a: 2 } } }]];
    expect(await verdict(none, old, { at: 9 })).toBe('unsatisfied');
  });
});

describe('slo', () => {
  it('decides nothing with too few samples', async () => {
    const slo = sloChecker(
      { id: 's', over: { twin: 'slack' }, good: 'exchange.ms < 100', atLeast: 0.9, samples: 2 },
      preparing,
    );
    const call = (ms: number): Event => [1, { call: 'a.b', ms }];
    expect(await verdict(slo, [call(1)], { at: 9 })).toBe('unknown');
    expect(await verdict(slo, [call(1), call(2)], { at: 9 })).toBe('satisfied');
    expect(await verdict(slo, [call(1), call(200)], { at: 9 })).toBe('unsatisfied');
  });
});
