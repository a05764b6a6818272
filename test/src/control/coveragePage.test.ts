import { expect, it } from 'vitest';
import { coveragePage } from '../../../src/control/coveragePage.ts';
import { google } from '../../../twins/google/twin.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { slack } from '../../../twins/slack/twin.ts';

it('the page of coverage is current: `orrery coverage --markdown > docs/coverage.md` makes it', async () => {
  await expect(coveragePage([okta, jira, slack, google])).toMatchFileSnapshot('../../../docs/coverage.md');
});
