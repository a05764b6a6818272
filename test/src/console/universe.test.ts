/** The console's pages of universes, by their forms alone: everything works without a script. */
import { afterEach, describe, expect, it } from 'vitest';
import { deliveries } from '../../../src/outbox.ts';
import { FROZEN, notes } from '../control/toy.ts';
import { type Visitor, visitConsole } from './desk.ts';

let desk: Visitor;
afterEach(() => desk.close());

const opened = async (universe: object = {}) => {
  desk = visitConsole();
  await desk.call('POST', '/v1/universes', {
    id: 'u',
    seed: 1,
    clock: FROZEN,
    bind: { desk: 'http://127.0.0.1:9' },
    ...universe,
  });
  const found = desk.registry.get('u');
  if (!found) throw new Error('no universe u');
  return found;
};

describe('the list of universes', () => {
  it('says how to make one where there is none, and makes one by its form', async () => {
    desk = visitConsole();
    expect((await desk.open('/')).text).toContain('No universe yet');
    const made = await desk.send('/console/universes', {
      world: 'acme',
      id: 'mine',
      seed: '9',
      clock: 'frozen',
    });
    expect([made.location, made.text.includes('mine is made')]).toEqual(['/console/u/mine', true]);
    expect([desk.registry.get('mine')?.seed, desk.registry.get('mine')?.clock.mode]).toEqual([9, 'frozen']);
  });

  it('says what is wrong with a form, and makes nothing', async () => {
    desk = visitConsole();
    const refused = await desk.send('/console/universes', { id: 'Not An Id' });
    expect(refused.html).toMatch(/class="notice wrong" role="alert">[^<]*\/id/);
    expect(desk.registry.size).toBe(0);
    expect((await desk.open('/')).text).not.toContain('/id');
  });

  it('shows pages of them, newest first, and those with a text in their name', async () => {
    desk = visitConsole();
    for (let i = 1; i <= 60; i++) await desk.registry.create({ id: `n${i}`, name: `team ${i}`, seed: 1 });
    const [first, second] = [await desk.open('/'), await desk.open('/?page=2')];
    const has = (html: string, id: string) => html.includes(`/console/u/${id}"`);
    expect([has(first.html, 'n60'), has(first.html, 'n10'), has(second.html, 'n10')]).toEqual([
      true,
      false,
      true,
    ]);
    const found = await desk.open('/?q=TEAM+7');
    expect([has(found.html, 'n7'), has(found.html, 'n60')]).toEqual([true, false]);
    expect((await desk.open('/?q=nobody')).text).toContain('No universe has “nobody”');
  });

  it('writes what people named as text', async () => {
    await opened({ name: '<img src=x onerror=alert(1)>' });
    for (const path of ['/', '/console/u/u', '/?q=%3Cimg'])
      expect((await desk.open(path)).html).not.toContain('<img');
  });
});

describe('a universe', () => {
  it('is forked, reset and dropped after a question', async () => {
    const universe = await opened();
    expect((await desk.open('/console/u/u/drop')).text).toContain('Drop it?');
    await desk.toy('u', 'POST', '/notes', { text: 'one' });
    const forked = await desk.send('/console/u/u/fork', { id: 'v', credentials: 'same' });
    expect(forked.location).toBe('/console/u/v');
    await desk.send('/console/u/u/reset');
    const count = (id: string) => desk.registry.get(id)?.state.list(notes).toArray().length;
    expect([count('u'), count('v'), universe.journal.end]).toEqual([1, 2, 0]);
    const dropped = await desk.send('/console/u/u/drop');
    expect([dropped.location, dropped.text.includes('u is gone'), desk.registry.get('u')]).toEqual([
      '/',
      true,
      undefined,
    ]);
  });

  it('has its time moved on, stopped and scaled', async () => {
    const universe = await opened();
    const from = universe.now();
    expect((await desk.send('/console/u/u/clock/advance', { by: '1h' })).text).toContain(
      '2026-03-02 10:00:00',
    );
    expect(universe.now() - from).toBe(3_600_000);
    await desk.send('/console/u/u/clock', { mode: 'scaled', rate: '60' });
    expect(universe.clock.setting()).toMatchObject({ mode: 'scaled', rate: 60 });
    expect((await desk.send('/console/u/u/clock/advance', { by: 'soon' })).html).toContain('notice wrong');
  });

  it('has its faults switched on and off, and put in by kind', async () => {
    const universe = await opened();
    const ids = () => universe.faults.active.map(({ id }) => id);
    const on = await desk.send('/console/u/u/faults/switch', { preset: 'toy/degraded' });
    expect(ids()).toEqual(['toy-degraded-1', 'toy-degraded-2']);
    expect(on.html).toMatch(/value="toy\/degraded"[^>]*aria-checked="true"/);
    await desk.send('/console/u/u/faults/switch', { preset: 'toy/degraded' });
    expect(ids()).toEqual([]);
    await desk.send('/console/u/u/faults', { kind: 'outage', twin: 'toy', operation: 'notes.*', count: '2' });
    expect(universe.faults.active).toMatchObject([
      { kind: 'outage', match: { twin: 'toy', operation: 'notes.*' }, count: 2 },
    ]);
    const wrong = await desk.send('/console/u/u/faults', { kind: 'outage', params: '{' });
    expect(wrong.text).toContain('the parameters are no JSON');
    await desk.send('/console/u/u/faults/lift');
    expect(ids()).toEqual([]);
  });

  it('shows what was delivered, and sends it once more', async () => {
    const universe = await opened();
    desk.answer({ status: 500 });
    await desk.toy('u', 'POST', '/notes', { text: 'one' });
    await universe.advance(universe.now() + 1_000);
    const [first] = universe.state.list(deliveries).toArray();
    const page = await desk.open('/console/u/u/deliveries?status=failed');
    expect(page.text).toMatch(/note\.created http:\/\/127\.0\.0\.1:9\/hook failed http_500/);
    expect((await desk.open(`/console/u/u/deliveries/${first?.id}`)).text).toContain('&quot;one&quot;');
    desk.answer({ status: 200 });
    await desk.send('/console/u/u/deliveries/redeliver', { delivery: first?.id ?? '' });
    await universe.advance(universe.now() + 1_000);
    expect((await desk.open('/console/u/u/deliveries')).text).toMatch(/delivered 1/);
  });

  it('names the operations that programs asked for and the twin lacks', async () => {
    await opened();
    expect((await desk.open('/console/u/u/gaps')).text).toContain('is there');
    await desk.toy('u', 'POST', '/notes/welcome/archive');
    expect((await desk.open('/console/u/u/gaps')).text).toMatch(
      /toy notes\.archive 1 × POST \/notes\/welcome\/archive/,
    );
  });

  it('shows its doors, and a new credential’s secret once', async () => {
    const universe = await opened();
    const [person] = universe.cast;
    const doors = await desk.open('/console/u/u/doors');
    expect(doors.text).toContain('export TOY_URL=http://127.0.0.1:4700/u/u/toy');
    const minted = await desk.send('/console/u/u/doors', {
      twin: 'toy',
      kind: 'key',
      as: person?.email ?? '',
    });
    const secret = /toy-[\w-]{20}/.exec(minted.text.slice(minted.text.indexOf('shown here only')))?.[0] ?? '';
    expect(secret).not.toBe('');
    expect((await desk.open('/console/u/u/doors')).text).not.toContain('shown here only');
    const refused = await desk.send('/console/u/u/doors', {
      twin: 'toy',
      kind: 'key',
      as: 'nobody@example.com',
    });
    expect([refused.status, refused.html.includes('notice wrong')]).toEqual([422, true]);
    const revoked = await desk.send('/console/u/u/doors/revoke', { twin: 'toy', credential: 'k1' });
    expect(revoked.text).toContain('k1 is revoked');
  });

  it('takes snapshots, returns to them and forgets them', async () => {
    const universe = await opened();
    const taken = await desk.send('/console/u/u/snapshots', { name: 'noon' });
    expect(taken.text).toContain('noon is taken');
    await desk.toy('u', 'POST', '/notes', { text: 'one' });
    expect((await desk.open('/console/u/u/snapshots/restore?snapshot=u.1')).text).toContain('Return to noon');
    await desk.send('/console/u/u/snapshots/restore', { snapshot: 'u.1' });
    expect(universe.state.list(notes).toArray()).toHaveLength(1);
    await desk.send('/console/u/u/snapshots/delete', { snapshot: 'u.1' });
    expect(universe.snapshots.size).toBe(0);
  });
});
