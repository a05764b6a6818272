/** The bench of a large workspace, at its smallest: so that it cannot rot, and that nothing grows with the rows, as far as a busy machine lets one see. */
import { expect, it } from 'vitest';
import { flatness, SMALL, workspace } from './slack.ts';

it('pages cost the same in a workspace of many messages, members and channels', async () => {
  const small = await workspace({ ...SMALL, messages: 4_000 });
  const large = await workspace({ people: 600, channels: 300, messages: 8_000 });
  const rows = await flatness(small, large, 40);
  const grown = rows.filter(({ ratio }) => ratio > 3);
  expect(grown).toEqual([]);
}, 120_000);
