import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, BEN, CY, openSite, type TestSite } from './site.ts';

interface Mail {
  event?: string;
  subject: string;
  from?: string;
  textBody: string;
}

describe('mails to the people of a site', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  const mailsOf = (email: string): Mail[] =>
    site.universe.gesture({
      twin: 'jira',
      gesture: 'readMessages',
      as: email,
      with: {},
      by: 'person',
    }) as Mail[];
  const accountOf = async (email: string) =>
    String((await site.call('GET', `/rest/api/3/user/search?query=${email}`)).get('0.accountId'));

  it('are none for what a world begins with', async () => {
    expect(mailsOf(BEN)).toEqual([]);
  });

  it('tell who works on an issue, who reported it and who watches it, but not who did it', async () => {
    const key = await site.issue({ summary: 'Slow', assignee: { id: await accountOf(BEN) } });
    expect(mailsOf(BEN)).toMatchObject([{ event: 'Issue Created', subject: `[JIRA] (${key}) Slow` }]);
    expect(mailsOf(ADA)).toEqual([]);
    await site.callAs(site.basicFor(BEN), 'POST', `/rest/api/3/issue/${key}/comment`, {
      body: {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'On it' }] }],
      },
    });
    const [mail] = mailsOf(ADA);
    expect(mail).toMatchObject({
      event: 'Issue Commented',
      from: 'Ben Carver (Jira) <jira@acme.atlassian.net>',
    });
    expect(mail?.textBody).toContain('On it');
  });

  it('tell a person that they were mentioned', async () => {
    const id = await accountOf(CY);
    const mention = { type: 'mention', attrs: { id, text: '@Cy Young' } };
    await site.call('POST', '/rest/api/3/issue/ENG-1/comment', {
      body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [mention] }] },
    });
    expect(mailsOf(CY)).toMatchObject([{ event: 'Issue Mentioned' }]);
  });

  it('go to whom the scheme of the project names', async () => {
    const made = await site.call('POST', '/rest/api/3/notificationscheme', {
      name: 'Lead only',
      notificationSchemeEvents: [
        { event: { id: '1' }, notifications: [{ notificationType: 'ProjectLead' }] },
      ],
    });
    await site.call('PUT', '/rest/api/3/project/ENG', { notificationScheme: made.get('id') });
    await site.issue({ assignee: { id: await accountOf(CY) } });
    expect(mailsOf(CY)).toEqual([]);
    expect(mailsOf(BEN)).toHaveLength(1);
  });

  it('come from the address that a project has', async () => {
    const { id } = (await site.call('GET', '/rest/api/3/project/ENG')).body as { id: string };
    await site.call('PUT', `/rest/api/3/project/${id}/email`, { emailAddress: 'eng@acme.example' });
    await site.issue({ assignee: { id: await accountOf(BEN) } });
    expect(mailsOf(BEN)[0]?.from).toBe('Ada Lovelace (Jira) <eng@acme.example>');
  });
});
