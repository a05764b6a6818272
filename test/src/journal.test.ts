import { describe, expect, it } from 'vitest';
import { packHeaders } from '../../src/entry.ts';
import { Journal, JournalBudget } from '../../src/journal.ts';
import { type Table, table } from '../../src/table.ts';

const journal = (bytesMax?: number, budget = new JournalBudget()) => new Journal(budget, bytesMax);
const note = (text: string, wallAt = 0) => ({
  at: 0,
  wallAt,
  kind: 'note' as const,
  twin: undefined,
  detail: { text },
});
const exchange = (requestBody: string | undefined, headers: Record<string, string> = {}) => ({
  at: 0,
  wallAt: 0,
  kind: 'exchange' as const,
  twin: 'slack',
  exchange: {
    operation: 'x',
    method: 'POST',
    path: '/x?token=xoxb-123456789-abcdefgh',
    actor: 'a',
    requestHeaders: packHeaders(headers),
    requestBody,
    reply: { status: 200, headers: [] as [string, string][], body: '{"access_token":"s3cret","ok":true}' },
    outcome: 'ok' as const,
    ms: 1,
    via: 'path' as const,
  },
});

describe('a journal', () => {
  it('pages on from where the last page ended', () => {
    const j = journal();
    for (const text of ['a', 'b', 'c']) j.append(note(text));
    const first = j.page({ limit: 2 });
    expect([
      first.entries.map((e) => e.text),
      j.page({ limit: 2, after: first.next }).entries.map((e) => e.text),
    ]).toEqual([['a', 'b'], ['c']]);
  });

  it('drops the oldest past its limit, counts them, and still hashes all', () => {
    const [small, large] = [journal(50_000), journal()];
    for (let i = 0; i < 5_000; i++) for (const j of [small, large]) j.append(note(`n${i}`));
    expect(small.dropped).toBeGreaterThan(3_000);
    expect(small.bytes).toBeLessThanOrEqual(50_000);
    const [first] = small.page({ limit: 1 }).entries;
    expect([first?.seq, first?.text]).toEqual([small.dropped + 1, `n${small.dropped}`]);
    expect(small.hash()).toBe(large.hash());
  });

  it('stays within what all journals of the process may hold', () => {
    const budget = new JournalBudget(300_000);
    const [a, b] = [journal(undefined, budget), journal(undefined, budget)];
    for (let i = 0; i < 5_000; i++) for (const j of [a, b]) j.append(note(`n${i}`));
    expect(budget.used).toBeLessThanOrEqual(300_000);
    b.clear();
    expect(budget.used).toBe(a.bytes);
  });

  it('gives back what was written: odd characters, an empty body, no body at all', () => {
    const j = journal();
    for (const body of ['ünï – 😀', '', undefined]) j.append(exchange(body, { 'x-odd': 'a: b' }));
    const asked = j.page({ limit: 3 }).entries.map((entry) => entry.request);
    expect(asked).toEqual(['ünï – 😀', '', null].map((body) => ({ headers: { 'x-odd': 'a: b' }, body })));
  });

  it('hashes equal for equal runs at other wall times, and otherwise not', () => {
    const hash = (text: string, wallAt: number) => {
      const j = journal();
      j.append(note(text, wallAt));
      return j.hash();
    };
    expect(hash('a', 1)).toBe(hash('a', 2));
    expect(hash('a', 1)).not.toBe(hash('b', 1));
  });

  it('shows no credential: not in headers, bodies, paths or by its shape', () => {
    const j = journal();
    j.append(
      exchange('client_secret=hush&text=hello xoxp-1-2-3-verysecret {"password":{"value":"pa55"}}', {
        authorization: 'Bearer xoxb-secret-value',
        cookie: 'd=1',
      }),
    );
    const shown = JSON.stringify(j.page({ limit: 1 }).entries);
    for (const secret of ['xoxb-', 'xoxp-', 's3cret', 'hush', 'd=1', 'pa55'])
      expect(shown).not.toContain(secret);
    expect(shown).toContain('Bearer ***');
    expect(shown).toContain('hello');
  });

  it('shows no credential in the rows that hold them', () => {
    const tokens = table<{ id: string; token: string; as: string }>({
      name: 'toy.tokens',
      key: (row) => row.token,
      secret: true,
    });
    const j = journal();
    const after = { id: 't1', token: 'xoxb-1234-5678-hush', as: 'ann' };
    const changes = [
      { table: tokens as unknown as Table<object>, key: after.token, before: undefined, after },
    ];
    j.append({ at: 0, wallAt: 0, kind: 'state', twin: 'toy', changes });
    const shown = JSON.stringify(j.page({ limit: 1 }).entries);
    expect(shown).not.toContain('hush');
    expect(shown).toContain('"as":"ann"');
  });

  it('cuts long bodies and says so', () => {
    const j = journal();
    j.append(exchange('y'.repeat(100_000)));
    const [entry] = j.page({ limit: 1 }).entries;
    const { body } = (entry as unknown as { request: { body: string } }).request;
    expect(body.length).toBeLessThan(66_000);
    expect(body).toContain('cut, 100000 characters');
  });
});
