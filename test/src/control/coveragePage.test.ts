import { expect, it } from 'vitest';
import { coveragePage } from '../../../src/control/coveragePage.ts';
import { TWINS } from '../../../src/main.ts';

it('the page of coverage is current: `orrery coverage --markdown > docs/coverage.md` makes it', async () => {
  await expect(coveragePage(TWINS)).toMatchFileSnapshot('../../../docs/coverage.md');
});
