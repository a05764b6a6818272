import { beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from './jql/desk.ts';
import type { TestSite } from './site.ts';

describe('Jira expressions', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await openDesk();
  });
  const ask = async (expression: string, context: object = { issue: { key: 'ENG-6' } }) =>
    await site.call('POST', '/rest/api/3/expression/evaluate', { expression, context });

  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3 % 4', 1],
    ["'a' + 1", 'a1'],
    ['`${issue.key}: ${1 + 1}`', 'ENG-6: 2'],
    ['!issue.parent', true],
    ['issue.parent?.key', null],
    ["issue.parent ?? 'none'", 'none'],
    ['issue.id', 10_005],
    ['issue.summary.toUpperCase().slice(0, 5)', 'LOGIN'],
    ['issue.issueType.name', 'Bug'],
    ['issue.status.category.key', 'done'],
    ['issue.assignee.displayName', 'Cy Young'],
    ['issue.reporter.accountId == user.accountId', true],
    ['issue.assignee == issue.reporter', false],
    ['issue.labels', ['Login', 'safari']],
    ["issue.labels.includes('safari')", true],
    ['issue.fixVersions.map(v => v.name)', ['2.0', '3.0']],
    ['issue.fixVersions.filter(v => v.released).length', 0],
    ['issue.versions.some(v => v.released)', true],
    ['issue.versions.every(v => v.archived)', false],
    ['issue.components[0].name', 'Web'],
    ['issue.comments.length', 1],
    ['issue.comments[0].body.plainText', 'Cannot reproduce it on Firefox'],
    ['issue.comments.map(c => c.author.displayName)', ['Ada Lovelace']],
    ['issue.links.map(l => l.linkedIssue.key)', ['ENG-2', 'ENG-7']],
    ["issue.links.find(l => l.type.name == 'Blocks').direction", 'outward'],
    ['issue.properties.triage.level', 3],
    ["issue.properties['triage'].tags", ['a', 'b']],
    ["issue.properties.get('triage').by.name", 'Ada Lovelace'],
    ['issue.properties.keys()', ['triage']],
    ['issue.sprint.name', 'Sprint 1'],
    ['issue.flagged', true],
    ['issue.customfield_10015', '2026-03-04'],
    ['issue.changelogs.length', 6],
    ["issue.changelogs[0].items.map(i => i.field).join(' ')", 'status resolution'],
    ['issue.created.plusDays(1) > issue.created', true],
    ['issue.created.toCalendarDate().toString()', '2026-03-02'],
    ["new Issue('ENG-5').dueDate.plusMonths(1).toString()", '2026-04-10'],
    ["new Issue('ENG-999')", null],
    ["new Issue('ENG-1').stories.map(s => s.key)", ['ENG-4']],
    ["new Issue('ENG-4').subtasks.map(s => s.key)", ['ENG-5']],
    ['typeof issue', 'Issue'],
    ['typeof issue.created', 'Date'],
    ['typeof null', 'null'],
    ['{ a: 1 }.constructor', null],
    ['[1, 2, 3].reduce((a, b) => a + b, 0)', 6],
    ['[[1], [2, 3]].flatten()', [1, 2, 3]],
    ['[3, 1, 2].sort((a, b) => a - b)', [1, 2, 3]],
    ["{ a: 1, 'b c': [issue.key] }", { a: 1, 'b c': ['ENG-6'] }],
    ["{ a: 1 }.a + new Map().set('x', 2).get('x')", 3],
    ['let x = 2; let y = x + 1; x * y', 6],
    ["Number('4') + Number(true)", 5],
    ["true ? 'yes' : 'no'", 'yes'],
    ['1 < 2 && 2 <= 2 || false', true],
    ['null == undefinedThing ?? 1', undefined],
  ])('%s', async (expression, value) => {
    const answer = await ask(expression);
    if (value === undefined) expect(answer.status).toBe(400);
    else expect(answer.body).toEqual({ value });
  });

  it.each([
    [
      "issue['a' + 'b']",
      /^Evaluation failed: "issue\['a' \+ 'b'\]" - Unrecognized property of `issue`: "ab" \('a' \+ 'b'\)\. Available properties of type 'Issue' are: 'assignee', /,
    ],
    [
      'issue.parent.key',
      /^Evaluation failed: "issue\.parent\.key" - Type null does not have any properties\.$/,
    ],
    ['issue.id > issue.key', /Can't compare Number to String\.$/],
    ['nothing', /Unrecognized identifier: "nothing"/],
    ['issue.summary()', /String is not a function/],
    ['[1].map(1)', /Invalid arguments: Number/],
    ["new Date('never')", /Invalid date/],
    ['issue.created.plusDays(1000000000000)', /Invalid arguments/],
    ['1 +', /line 1, column 4: .* expected, EOF encountered\.$/],
    ["['a'].map(a => [1,2,3,4,5,6,7,8,9,10,11].map(b => issue.comments.length))", /expensive operations/],
    [`'${'x'.repeat(1_000)}'`, /too long \(1002\), limit: 1000 characters/],
  ])('refuses %s', async (expression, message) => {
    const answer = await ask(expression);
    expect([answer.status, answer.get('errorMessages.0')]).toEqual([400, expect.stringMatching(message)]);
  });

  it('counts what an evaluation costs', async () => {
    const { body } = await site.call('POST', '/rest/api/3/expression/evaluate?expand=meta.complexity', {
      expression: '[issue.assignee, issue.comments.length]',
      context: { issue: { id: 10_005 } },
    });
    expect(body).toMatchObject({
      meta: {
        complexity: {
          beans: { value: 1, limit: 1_000 },
          expensiveOperations: { value: 1 },
          primitiveValues: { value: 1 },
        },
      },
    });
  });

  it('refuses what is too long or too deep to be read, however long and deep it is', async () => {
    for (const text of ['1+'.repeat(1_000_000), '('.repeat(4_000), '!'.repeat(900)])
      expect((await ask(text)).status).toBe(400);
    const jql = `summary ~ "${'('.repeat(20_000)}"`;
    expect((await site.call('POST', '/rest/api/3/search/jql', { jql })).status).toBe(400);
  });

  it('never grows beyond what an answer may hold', async () => {
    const steps = Array.from({ length: 40 }, (_, n) => n).join(',');
    const answer = await ask(`[${steps}].reduce((text, n) => text + text, 'xxxx')`);
    expect([answer.status, answer.get('errorMessages.0')]).toEqual([
      400,
      expect.stringContaining('too large'),
    ]);
  });
});
