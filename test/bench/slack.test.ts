/** The bench of a large workspace, at its smallest: so that it cannot rot, and that nothing grows with the rows. */
import { expect, it } from 'vitest';
import { flatness, SMALL, workspace } from './slack.ts';

/** Searches grow with the conversations that hold the word; all else is flat, as far as a busy machine lets one see. */
const GROWING = /^search\./;

it('pages cost the same in a workspace of many messages, members and channels', async () => {
  const small = await workspace({ ...SMALL, messages: 4_000 });
  const large = await workspace({ people: 600, channels: 300, messages: 8_000 });
  const rows = await flatness(small, large, 40);
  const grown = rows.filter(({ what, ratio }) => ratio > 3 && !GROWING.test(what));
  expect(grown).toEqual([]);
}, 120_000);
