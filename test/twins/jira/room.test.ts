/** Jira's room: boards, issues, and what can be done with them by hand. */
import { expect, it } from 'vitest';
import type { Block } from '../../../src/room.ts';
import { actsOf, placeAt, roomOf, textOf, walked, wrongActs } from '../rooms.ts';
import { ADA, BEN, openSite, WORLD } from './site.ts';

const boardOf = (blocks: readonly Block[]) =>
  blocks.find((block): block is Extract<Block, { kind: 'board' }> => block.kind === 'board')?.columns ?? [];

it('a board has a column per status of the workflow, with its cards', async () => {
  const site = await openSite();
  const columns = boardOf(placeAt(site.universe, 'jira', 'board/ENG').blocks);
  expect(columns.map(({ title, cards }) => [title, cards.map((card) => card.title)])).toEqual([
    ['To Do', ['Billing without downtime']],
    ['In Progress', ['Exports run twice']],
    ['Done', ['Raise test coverage']],
  ]);
});

it('a card offers the statuses that its workflow allows; moving it is in the history', async () => {
  const site = await openSite();
  const key = await site.issue({ project: { key: 'REV' }, issuetype: { name: 'Task' }, summary: 'Look' });
  const [open] = boardOf(placeAt(site.universe, 'jira', 'board/REV').blocks);
  const acts = open?.cards.find((card) => card.key === key)?.acts ?? [];
  expect(acts.map(({ label }) => label)).toEqual(['In Review']);
  const [{ gesture, with: given }] = acts as [(typeof acts)[number]];
  site.universe.gesture({ twin: 'jira', gesture, as: BEN, with: given, by: 'operator' });
  const issue = placeAt(site.universe, 'jira', `issue/${key}`);
  expect(issue.subtitle).toBe(`${key} · In Review`);
  expect(issue.blocks.at(-1)).toMatchObject({
    title: 'History',
    rows: [[{}, { text: 'Ben Carver' }, 'status', 'Open', 'In Review']],
  });
});

it('an issue shows its description and comments as text, whatever is in them', async () => {
  const site = await openSite();
  const paragraph = (text: string, ...marks: object[]) => ({
    type: 'paragraph',
    content: [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }],
  });
  const point = (text: string) => ({ type: 'listItem', content: [paragraph(text)] });
  const key = await site.issue({
    project: { key: 'ENG' },
    issuetype: { name: 'Task' },
    summary: '<script>alert(1)</script>',
    description: {
      type: 'doc',
      version: 1,
      content: [
        paragraph('<b>bold?</b>', { type: 'strong' }),
        { type: 'bulletList', content: [point('one'), point('two')] },
      ],
    },
  });
  site.universe.gesture({
    twin: 'jira',
    gesture: 'comment',
    as: BEN,
    with: { issue: key, text: 'On it' },
    by: 'operator',
  });
  const place = placeAt(site.universe, 'jira', `issue/${key}`);
  expect(place.title).toBe('<script>alert(1)</script>');
  expect(place.blocks.find((block) => 'title' in block && block.title === 'Description')).toMatchObject({
    lines: [
      { runs: [{ text: '<b>bold?</b>', bold: true }] },
      { style: 'item', depth: 0, runs: [{ text: 'one' }] },
      { style: 'item', depth: 0, runs: [{ text: 'two' }] },
    ],
  });
  expect(textOf(place)).toContain('On it');
});

it('a board of 5,000 issues opens in well under a second, and says where the rest of a column is', async () => {
  const issues = Array.from({ length: 5_000 }, (_, n) => ({
    project: 'OPS',
    type: 'Task',
    summary: `Chore ${n}`,
  }));
  const site = await openSite({ ...WORLD, jira: { ...WORLD.jira, issues } } as typeof WORLD);
  placeAt(site.universe, 'jira', 'board/OPS');
  const before = performance.now();
  const [todo] = boardOf(placeAt(site.universe, 'jira', 'board/OPS').blocks);
  expect(performance.now() - before).toBeLessThan(300);
  expect([todo?.count, todo?.cards.length]).toEqual([5_000, 50]);
  const rest = placeAt(site.universe, 'jira', todo?.more?.to ?? '');
  expect(rest.blocks.find((block) => block.kind === 'list')?.next).toBeDefined();
});

it('a person is found by e-mail, with what is assigned to them', async () => {
  const site = await openSite();
  const at = roomOf(site.universe, 'jira').personAt(site.universe.view('jira'), BEN.toUpperCase()) ?? '';
  const place = placeAt(site.universe, 'jira', at);
  expect([place.person, textOf(place).includes('Exports run twice')]).toEqual([BEN, true]);
});

it('every link leads to a place, and every act would be taken by its gesture', async () => {
  const site = await openSite();
  const places = walked(site.universe, 'jira');
  expect([...places].filter(([, place]) => !place).map(([at]) => at)).toEqual([]);
  expect(places.size).toBeGreaterThan(8);
  expect(wrongActs(site.universe, 'jira')).toEqual([]);
  expect(
    actsOf(placeAt(site.universe, 'jira', 'issue/ENG-1', { as: ADA }).blocks).map(({ label }) => label),
  ).toContain('Assign to me');
});
