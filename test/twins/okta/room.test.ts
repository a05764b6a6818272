/** Okta's room: people, groups, apps, the System Log, and an administrator's buttons. */
import { expect, it } from 'vitest';
import type { Block } from '../../../src/room.ts';
import { actsOf, placeAt, roomOf, textOf, walked, wrongActs } from '../rooms.ts';
import { openOrg } from './org.ts';

const personAt = (universe: Parameters<typeof roomOf>[0], email: string) =>
  roomOf(universe, 'okta').personAt(universe.view('okta'), email) ?? '';
const list = (blocks: readonly Block[], title: string) =>
  blocks.find(
    (block): block is Extract<Block, { kind: 'list' }> => block.kind === 'list' && block.title === title,
  );

it('a person has a profile, groups with how they came into them, and apps', async () => {
  const { universe } = await openOrg();
  const { blocks } = placeAt(universe, 'okta', personAt(universe, 'bob@acme.example'));
  expect(
    list(blocks, 'Groups')?.items.map(({ title, badge, acts }) => [title, badge, acts?.[0]?.label]),
  ).toEqual(
    expect.arrayContaining([
      ['Engineering', undefined, 'Remove'],
      ['Builders', 'by rule', undefined],
    ]),
  );
  expect(list(blocks, 'Apps')?.items).toMatchObject([{ title: 'Wiki', badge: 'by a group' }]);
});

it('whoever acts unless somebody is chosen may do what the buttons offer, and the log tells of it', async () => {
  const { universe } = await openOrg();
  const at = personAt(universe, 'bob@acme.example');
  const act = actsOf(placeAt(universe, 'okta', at).blocks).find(({ label }) => label === 'Suspend');
  const as = roomOf(universe, 'okta').host(universe.view('okta')) ?? '';
  universe.gesture({ twin: 'okta', gesture: act?.gesture ?? '', as, with: act?.with, by: 'operator' });
  const after = placeAt(universe, 'okta', at);
  expect(actsOf(after.blocks).map(({ label }) => label)).toContain('Unsuspend');
  expect(textOf(placeAt(universe, 'okta', 'log'))).toContain('Ann Admin');
});

it('a group lists its members, and people are found by how their login begins', async () => {
  const { universe } = await openOrg();
  const groups = placeAt(universe, 'okta', 'groups', { find: 'engin' });
  const [group] = groups.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
  const place = placeAt(universe, 'okta', group?.to ?? '');
  expect(list(place.blocks, 'Members')?.items.map(({ title }) => title)).toEqual(['Bob Builder']);
  expect(textOf(placeAt(universe, 'okta', 'people', { find: 'EVE' }))).toContain('Eve Ericson');
  expect(textOf(placeAt(universe, 'okta', 'people', { find: 'EVE' }))).not.toContain('Bob Builder');
});

it('every link leads to a place, and every act would be taken by its gesture', async () => {
  const { universe } = await openOrg();
  const places = walked(universe, 'okta');
  expect([...places].filter(([, place]) => !place).map(([at]) => at)).toEqual([]);
  expect(places.size).toBeGreaterThan(8);
  expect(wrongActs(universe, 'okta')).toEqual([]);
});
