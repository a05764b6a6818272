import { describe, expect, it } from 'vitest';
import { expressions, type Names } from '../../harness/expression.ts';
import type { RowChange } from '../../harness/host.ts';
import { isMeaningful, nameOfChange, rowOf } from '../../harness/lens/all.ts';
import { LensWorld } from '../../harness/lens/lens.ts';

type Rows = Record<string, Record<string, unknown>>;

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

const TABLES: Rows = {
  'okta.users': { u1: { id: 'u1', profile: { login: 'Ann@acme.test', email: 'Ann@acme.test' } } },
  'okta.groups': { g1: { id: 'g1', profile: { name: 'figma' } } },
  'okta.groupMembers': { 'g1/u1': { groupId: 'g1', userId: 'u1' } },
  'slack.users': {
    U1: { id: 'U1', name: 'ann', profile: { email: 'ann@acme.test', real_name: 'Ann Ames' } },
    UB: { id: 'UB', name: 'desk', is_bot: true, profile: { real_name: 'Desk' } },
  },
  'slack.channels': { C1: { id: 'C1', name: 'requests' }, D1: { id: 'D1', is_im: true, user: 'U1' } },
  'slack.messages': {
    'C1/1.000100': {
      channel: 'C1',
      ts: '1.000100',
      thread_ts: '1.000100',
      user: 'U1',
      text: 'figma &amp; co?',
    },
    'C1/2.000100': {
      channel: 'C1',
      ts: '2.000100',
      thread_ts: '1.000100',
      bot_id: 'B1',
      text: 'done, <@U1>',
    },
    'D1/3.000100': {
      channel: 'D1',
      ts: '3.000100',
      user: 'UB',
      bot_id: 'B1',
      text: 'a question',
      reactions: [{ name: 'eyes', users: ['U1'], count: 1 }],
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: 'May <@U1> join?' } },
        { type: 'actions', elements: [{ type: 'button', action_id: 'approve', value: 'x' }] },
      ],
    },
  },
  'jira.projects': { p1: { id: 'p1', key: 'ACC', name: 'Access' } },
  'jira.statuses': { s1: { id: 's1', name: 'Done' } },
  'jira.issueTypes': { t1: { id: 't1', name: 'Task' } },
  'jira.users': { a1: { accountId: 'a1', emailAddress: 'ann@acme.test', displayName: 'Ann' } },
  'jira.issues': {
    '10': {
      id: '10',
      key: 'ACC-1',
      fields: {
        project: { id: 'p1' },
        status: { id: 's1' },
        issuetype: { id: 't1' },
        summary: 'figma',
        labels: ['access'],
        reporter: { accountId: 'a1' },
        assignee: null,
        description: doc('please'),
      },
    },
  },
  'jira.comments': { '5': { id: '5', issueId: '10', author: { accountId: 'a1' }, body: doc('granted') } },
  'google.files': { f1: { id: 'f1', name: 'Audit', mimeType: 'x', trashed: false } },
  'google.sheets': { 'f1/0': { spreadsheetId: 'f1', properties: { sheetId: 0, title: 'Log', index: 0 } } },
  'google.cells': Object.fromEntries(
    [['Email', 'Group', 'Count'], ['ann@acme.test', 'figma', 2], [], ['bob@acme.test']].flatMap((line, row) =>
      line.map((value, column) => [
        `f1/0/${String(row).padStart(7, '0')}/${String(column).padStart(5, '0')}`,
        {
          ...{ spreadsheetId: 'f1', sheetId: 0, row, column },
          userEnteredValue: typeof value === 'number' ? { numberValue: value } : { stringValue: value },
        },
      ]),
    ),
  ),
};

const state = {
  get: (twin: string, table: string, key: string) => TABLES[`${twin}.${table}`]?.[key],
  rows: (twin: string, table: string, prefix = '') =>
    Object.entries(TABLES[`${twin}.${table}`] ?? {})
      .filter(([key]) => key.startsWith(prefix))
      .map(([, row]) => row),
};
const world = new LensWorld(state, []);
const ann = { email: 'ann@acme.test', name: 'Ann Ames' };
const ask = { channel: 'C1', ts: '1.000100' };

function evaluate(text: string, names: Names = {}): unknown {
  const scope = { ann, steps: { ask: { message: ask } }, ...names };
  return expressions(Object.keys(scope)).compile(text).evaluate(world, scope);
}

describe('expressions see the world as a reader does', () => {
  it.each([
    "inGroup(ann.email, 'figma')",
    "inGroup(ann, 'figma') && !inGroup('bob@acme.test', 'figma') && !inGroup(ann, 'nothing')",
    "members('figma') == ['ann@acme.test']",
    "messages('requests').size() == 2 && messages('#requests')[0].text == 'figma & co?'",
    "messages(ann).size() == 1 && messages(ann)[0].buttons[0].action == 'approve'",
    "messages(ann)[0].text.contains('May @Ann Ames join?') && ann.email in messages(ann)[0].mentions",
    'replies(steps.ask.message).size() == 1',
    "replies(steps.ask.message).exists(m, m.byCandidate && m.text == 'done, @Ann Ames')",
    "messages('requests')[0].user == ann.email && !messages('requests')[0].byCandidate",
    "reactions(messages(ann)[0]) == ['eyes']",
    "issues('ACC').size() == 1 && issues('OTHER').size() == 0",
    "issues('ACC', {'reporter': ann.email}).exists_one(i, i.fields.status.name == 'Done')",
    "issues('ACC', {'status': 'Done', 'issuetype': 'Task', 'labels': 'access'}).size() == 1",
    "issues('ACC', {'status': 'Open'}).size() == 0 && issues('ACC', {'reporter': 'bob@acme.test'}).size() == 0",
    "issues('ACC')[0].fields.description == 'please' && issues('ACC')[0].comments[0].text == 'granted'",
    "issue('ACC-1').fields.assignee == null && issue('ACC-2') == null",
    "rows('Audit', 'Log').size() == 2 && rows('Audit', 'Log')[0].Count == 2",
    "rows('Audit', 'Log').filter(r, r.Email == ann.email && r.Group == 'figma').size() == 1",
    "rows('Audit', 'Log')[1].Group == '' && rows('Audit', 'Other').size() == 0 && rows('None', 'Log').size() == 0",
    "files('Audit').size() == 1 && files().size() == 1",
    "calls('*').size() == 0",
  ])('%s', (text) => {
    expect(evaluate(text)).toBe(true);
  });

  it('know which tables and steps decide them', () => {
    const { reads, steps } = expressions(['steps', 'g']).compile(
      'inGroup(g, g) && replies(steps.ask.message).size() > 0',
    );
    expect([...reads].sort()).toEqual([
      'okta.groupMembers',
      'okta.groups',
      'okta.users',
      'slack.channels',
      'slack.messages',
      'slack.users',
    ]);
    expect([...steps]).toEqual(['ask']);
  });

  it('tell the values of their parts, as evidence', () => {
    const compiled = expressions(['ann']).compile(
      "rows('Audit', 'Log').size() == 1 && inGroup(ann, 'figma')",
    );
    expect(compiled.explain(world, { ann })).toMatchObject({
      'rows("Audit", "Log").size()': 2,
      'inGroup(ann, "figma")': true,
    });
  });
});

describe('changes', () => {
  const member: RowChange = {
    twin: 'okta',
    table: 'groupMembers',
    key: 'g1/u1',
    after: TABLES['okta.groupMembers']?.['g1/u1'],
  };

  it('have names and rows that a reader knows', () => {
    expect(nameOfChange(member)).toBe('okta.member.added');
    expect(rowOf(world, member)).toMatchObject({
      user: 'ann@acme.test',
      group: 'figma',
      created: true,
      deleted: false,
    });
    const cell: RowChange = {
      twin: 'google',
      table: 'cells',
      key: 'k',
      after: Object.values(TABLES['google.cells'] ?? {})[3],
    };
    expect(rowOf(world, cell)).toMatchObject({ file: 'Audit', sheet: 'Log', value: 'ann@acme.test' });
  });

  it('that only follow from others, or only keep books, mean nothing', () => {
    const before = { id: 'g1', profile: { name: 'figma' }, lastMembershipUpdated: '1' };
    const touched = {
      twin: 'okta',
      table: 'groups',
      key: 'g1',
      before,
      after: { ...before, lastMembershipUpdated: '2' },
    };
    expect(isMeaningful(touched)).toBe(false);
    expect(isMeaningful({ ...touched, after: { ...before, profile: { name: 'x' } } })).toBe(true);
    expect(isMeaningful({ twin: 'okta', table: 'logs', key: '1', after: {} })).toBe(false);
    expect(isMeaningful({ twin: 'slack', table: 'channels', key: 'D9', after: { is_im: true } })).toBe(false);
    const mail = (after: object) => isMeaningful({ twin: 'jira', table: 'mails', key: '1', after } as never);
    expect(mail({ event: 'Issue Created' })).toBe(false);
    expect(mail({ subject: 'By hand' })).toBe(true);
    expect(isMeaningful(member)).toBe(true);
  });
});
