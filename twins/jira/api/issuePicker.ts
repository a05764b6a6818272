/** Issues as one types a word of theirs or their key. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { pickedIssues } from '../model/jql/picker.ts';
import { issueTypeOf } from '../model/projects/projects.ts';
import { emboldened } from '../model/text/emboldened.ts';
import type { Issue } from '../world.ts';
import { type Address, addressOf, doc } from './address.ts';
import { issueTypeView } from './schemeViews.ts';

type Json = Record<string, unknown>;

export const issuePickerEndpoints = [
  endpoint(
    {
      id: 'getIssuePickerResource',
      route: 'GET /rest/api/3/issue/picker',
      tier: 'search',
      traits: { anonymous: true },
      doc: doc('issue-search', 'issue-picker-get'),
    },
    (call) => sections(call),
  ),
];

function sections(call: Call): Json {
  const at = addressOf(call);
  const { query } = call;
  const typed = query.get('query') ?? '';
  const asked = {
    typed,
    jql: query.get('currentJQL'),
    besides: query.get('currentIssueKey'),
    projectId: query.get('currentProjectId'),
    subTasks: query.get('showSubTasks') !== 'false',
    parent: query.get('showSubTaskParent') !== 'false',
  };
  const { history, current } = pickedIssues(call.world, at.me, asked);
  return {
    sections: [
      section(at, 'hs', 'History Search', history, typed),
      ...(asked.jql === null ? [] : [section(at, 'cs', 'Current Search', current, typed)]),
    ],
  };
}

const section = (at: Address, id: string, label: string, found: readonly Issue[], typed: string): Json => ({
  label,
  id,
  ...(found.length > 0
    ? { sub: `Showing ${found.length} of ${found.length} matching issues` }
    : { msg: 'No matching issues found' }),
  issues: found.map((issue) => suggestion(at, issue, typed)),
});

function suggestion(at: Address, issue: Issue, typed: string): Json {
  const { summary, issuetype } = issue.fields;
  const icon = String(issueTypeView(at, issueTypeOf(at.world, issuetype)).iconUrl ?? '');
  return {
    id: Number(issue.id),
    key: issue.key,
    keyHtml: emboldened(issue.key, typed),
    img: icon.replace(at.site, ''),
    summary: emboldened(summary, typed),
    summaryText: summary,
  };
}
