/** Google's room: a person's Drive, documents, spreadsheets, who has access, and typing by hand. */
import { expect, it } from 'vitest';
import type { Block } from '../../../src/room.ts';
import { google } from '../../../twins/google/twin.ts';
import { actsOf, placeAt, textOf, walked, wrongActs } from '../rooms.ts';
import { ANN, BOB, CEM, openDomain } from './domain.ts';

const items = (blocks: readonly Block[], title: string) =>
  blocks.flatMap((block) => (block.kind === 'list' && block.title === title ? block.items : []));

it('each person sees a Drive of their own, with its folders as a tree', async () => {
  const { universe } = await openDomain();
  const own = placeAt(universe, 'google', 'drive', { as: ANN }).blocks;
  expect(items(own, 'Folders').map(({ title, depth }) => [title, depth])).toEqual([['Team', 0]]);
  expect(
    items(placeAt(universe, 'google', 'drive', { as: CEM }).blocks, 'Contents').map(({ title }) => title),
  ).toEqual(['Secret.txt']);
  expect(textOf(placeAt(universe, 'google', 'shared', { as: BOB }))).toContain('Budget');
});

it('a document shows its text, and what is typed stands at its end', async () => {
  const { universe, fileId } = await openDomain();
  const at = `file/${await fileId('Plan')}`;
  const act = actsOf(placeAt(universe, 'google', at).blocks).find(({ gesture }) => gesture === 'typeText');
  const given = { ...act?.with, text: '<i>and down</i>' };
  universe.gesture({ twin: 'google', gesture: 'typeText', as: ANN, with: given, by: 'operator' });
  const [text] = placeAt(universe, 'google', at).blocks;
  expect(text).toMatchObject({
    kind: 'text',
    lines: [
      { runs: [{ text: 'The plan' }] },
      { runs: [{ text: '' }] },
      { runs: [{ text: 'We go up the hill.<i>and down</i>' }] },
    ],
  });
});

it('a spreadsheet shows what its cells show: formulas are computed', async () => {
  const { universe, fileId } = await openDomain();
  const file = await fileId('Budget');
  const given = { file, sheet: 'Costs', cell: 'D2', value: '=B2*C2' };
  universe.gesture({ twin: 'google', gesture: 'editCell', as: ANN, with: given, by: 'operator' });
  const grid = placeAt(universe, 'google', `file/${file}`).blocks.find((block) => block.kind === 'table');
  if (grid?.kind !== 'table') throw new Error('no grid');
  expect([grid.columns.length, grid.columns.slice(0, 3), grid.rows.length]).toEqual([
    27,
    ['', 'A', 'B'],
    100,
  ]);
  expect(grid.rows[1]?.slice(0, 5)).toEqual(['2', 'Figma', '12', '45', '540']);
  const below = placeAt(universe, 'google', `file/${file}`, { from: grid.next ?? '' }).blocks;
  expect(JSON.stringify(below)).toContain('"101"');
});

it('who has access is said by name', async () => {
  const { universe, fileId } = await openDomain();
  const { blocks } = placeAt(universe, 'google', `file/${await fileId('Budget')}`);
  const table = blocks.find((block) => block.kind === 'table' && block.title === 'Who has access');
  expect(table).toMatchObject({
    rows: expect.arrayContaining([[{ text: `Bob Builder (${BOB})`, to: `person/${BOB}` }, 'reader', '']]),
  });
});

it('every link leads to a place, and every act would be taken by its gesture', async () => {
  const { universe } = await openDomain();
  const places = walked(universe, 'google');
  expect([...places].filter(([, place]) => !place).map(([at]) => at)).toEqual([]);
  expect(places.size).toBeGreaterThan(8);
  expect(wrongActs(universe, 'google')).toEqual([]);
});

it('who let an app in sees it there, and takes its access away; nobody else may', async () => {
  const { universe, base } = await openDomain();
  const { clientId } = google.credentials.document(universe.view('google'), base('google')).credentials;
  const query = new URLSearchParams({
    client_id: String(clientId),
    redirect_uri: 'http://localhost/back',
    response_type: 'code',
    scope: 'openid',
  });
  const url = `https://accounts.google.com/o/oauth2/v2/auth?${query}`;
  universe.gesture({ twin: 'google', gesture: 'consent', as: BOB, with: { url }, by: 'operator' });
  const letIn = (as: string) =>
    placeAt(universe, 'google', 'access', { as }).blocks.flatMap((block) =>
      block.kind === 'list' ? block.items : [],
    );
  expect(letIn(ANN)).toMatchObject([{ to: `person/${BOB}` }]);
  expect(letIn(ANN)[0]).not.toHaveProperty('acts');
  const given = { ...letIn(BOB)[0]?.acts?.[0]?.with };
  universe.gesture({ twin: 'google', gesture: 'revokeAccess', as: BOB, with: given, by: 'operator' });
  expect(letIn(BOB)).toEqual([]);
});
