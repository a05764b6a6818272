/** Every address that Jira hands out answers by the way by which the program came. */
import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src/router.ts';
import { siteOf } from '../../../twins/jira/model/people/people.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { byWay, expectWalk, WAYS, type Way } from '../ways.ts';

/** Pictures of people and of the site come from hosts of their own; who wants them has no credential to send. */
const PICTURES = /^https:\/\/(secure\.gravatar\.com|site-admin-avatar-cdn\.prod\.public\.atl-paas\.net)\//;
/** What editors ask while somebody types: `autoCompleteUrl` is half an address, to be completed by what is typed. */
const HALF = /=$/;
const ELSEWHERE = new RegExp(`${PICTURES.source}|${HALF.source}`);
/** Lists that need nothing to be asked for. */
const LISTS = jira.endpoints
  .map((one) => parseRoute(one.route))
  .flatMap(([methods, path]) => (methods.includes('GET') && !path.includes('{') ? [path] : []));
const ASKED: Readonly<Record<string, string>> = {
  '/rest/api/3/search/jql': '?jql=project%20is%20not%20empty&fields=*all&expand=names,changelog',
  '/rest/api/3/user/search': '?query=a',
  '/rest/api/3/user/assignable/search': '?project=OPS',
  '/rest/api/3/user/picker': '?query=a&showAvatar=true',
};

function signedIn({ universe }: Way): { authorization: string } {
  const { credentials } = jira.credentials.document(universe.view('jira'), '');
  const basic = Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64');
  return { authorization: `Basic ${basic}` };
}

/** Reads every list, an issue, what it may become, and a file that is attached to it. */
async function session(way: Way, gateway = '') {
  const headers = signedIn(way);
  const json = { ...headers, 'content-type': 'application/json' };
  for (const path of LISTS) await way.send(`${gateway}${path}${ASKED[path] ?? ''}`, { headers });
  const { text } = await way.send(`${gateway}/rest/api/2/search/jql?jql=project%20is%20not%20empty`, {
    headers,
  });
  const id = (JSON.parse(text) as { issues: { id: string }[] }).issues[0]?.id;
  const issue = `${gateway}/rest/api/3/issue/${id}`;
  await way.send(`${issue}/comment`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({
      body: {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'hi' }] }],
      },
    }),
  });
  const boundary = 'xxxx';
  const attached = await way.send(`${issue}/attachments`, {
    method: 'POST',
    headers: {
      ...headers,
      'x-atlassian-token': 'no-check',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    body: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nabc\r\n--${boundary}--\r\n`,
  });
  expect(attached.status).toBe(200);
  for (const more of ['', '/transitions', '/comment', '/editmeta', '/watchers', '/votes'])
    await way.send(`${issue}${more}`, { headers });
  return { headers };
}

describe.each(WAYS)('a program that came by %s', (name) => {
  it('reaches every address that it is given', () =>
    byWay(name, 'jira', 'acme.atlassian.net', async (way) => {
      const { headers } = await session(way);
      await expectWalk(way, name, { elsewhere: ELSEWHERE, least: 60, ask: { headers } });
    }));

  it('reaches every address that the gateway gives it', () =>
    byWay(name, 'jira', 'api.atlassian.com', async (way) => {
      const { cloudId } = siteOf(way.universe.view('jira'));
      const { headers } = await session(way, `/ex/jira/${cloudId}`);
      await expectWalk(way, name, { elsewhere: ELSEWHERE, least: 60, ask: { headers } });
    }));
});
