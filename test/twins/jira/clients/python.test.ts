import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { has, PYTHON } from '../../../recipes/machine.ts';
import { type ServedSite, serveSite } from './served.ts';

vi.setConfig({ testTimeout: 60_000 });

const skipped = has('jira') ? '' : ' (skipped: python3-jira is not here)';

describe.skipIf(!has('jira'))(`Python programs on python-jira${skipped}`, () => {
  let served: ServedSite;
  beforeAll(async () => {
    served = await serveSite();
  });
  afterAll(() => served.close());

  /** What a program prints, which begins with `jira` signed in. */
  async function printed(program: string): Promise<string[]> {
    const begin = `from jira import JIRA, JIRAError\njira = JIRA("${served.at}", basic_auth=("${served.email}", "${served.apiToken}"))\n`;
    const child = spawn(PYTHON, ['-c', begin + program], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let wrong = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      wrong += chunk;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(wrong);
    return out.trim().split('\n');
  }

  it('file issues, change them and read them again', async () => {
    const said = await printed(`
a = jira.create_issue(fields={"project": {"key": "ENG"}, "issuetype": {"name": "Task"}, "summary": "A", "description": "h1. Title"})
b, c = [one["issue"] for one in jira.create_issues([
    {"project": {"key": "ENG"}, "issuetype": {"name": "Bug"}, "summary": "B"},
    {"project": {"key": "ENG"}, "issuetype": {"name": "Bug"}, "summary": "C"}])]
a.update(fields={"summary": "A changed", "labels": ["x"]})
a.add_field_value("labels", "y")
jira.assign_issue(a, "ben@acme.example")
jira.create_issue_link("Blocks", a, b, comment={"body": "because"})
again = jira.issue(a.key, expand="changelog,renderedFields")
print(again.fields.summary, again.fields.labels, again.fields.assignee.displayName, again.fields.issuelinks[0].outwardIssue.key == b.key)
print([item.field for history in again.changelog.histories for item in history.items])
print(again.renderedFields.description)
print([one.name for one in jira.issue_link_types()])
for one in (a, b, c): one.delete()
try:
    jira.issue(a.key)
except JIRAError as error:
    print(error.status_code, error.text)
`);
    expect(said).toEqual([
      "A changed ['x', 'y'] Ben Carver True",
      expect.stringMatching(/'labels'.*'Link'.*'assignee'.*'labels'.*'summary'|'Link'.*'assignee'/),
      expect.stringMatching(/^<h1>.*Title<\/h1>/),
      expect.stringContaining('Blocks'),
      '404 Issue does not exist or you do not have permission to see it.',
    ]);
  });

  it('talk, log work, watch, vote and attach', async () => {
    const said = await printed(`
import io
issue = jira.create_issue(project="ENG", issuetype={"name": "Task"}, summary="Talk")
comment = jira.add_comment(issue, "first", visibility={"type": "role", "value": "Administrators"})
comment.update(body="second")
print([one.body for one in jira.comments(issue)])
jira.add_worklog(issue, timeSpent="2h 30m", comment="work")
worklog = jira.worklogs(issue.key)[0]
print(worklog.timeSpent, worklog.timeSpentSeconds)
worklog.delete()
file = jira.add_attachment(issue, io.BytesIO(b"what it holds"), filename="note.txt")
print(file.filename, jira.attachment(file.id).get(), jira.attachment_meta()["enabled"])
jira.add_simple_link(issue, {"url": "https://x.example", "title": "X"})
print(jira.remote_links(issue)[0].object.title, jira.watchers(issue).watchCount)
ben = jira.search_users(query="ben")[0]
jira.add_watcher(issue, ben.accountId)
jira.remove_watcher(issue, ben.displayName)
other = jira.issue("ENG-2")
print([one["name"] for one in jira.transitions(issue)])
jira.transition_issue(issue, "Done", comment="over")
print(jira.issue(issue.key).fields.resolution.name)
`);
    expect(said).toEqual([
      "['second']",
      '2h 30m 9000',
      "note.txt b'what it holds' True",
      'X 1',
      "['To Do', 'In Progress', 'Done']",
      'Done',
    ]);
  });

  it('keep projects, components, versions and roles', async () => {
    const said = await printed(`
print([one.key for one in jira.projects()], jira.project("ENG").lead.displayName)
component = jira.create_component("API", "ENG", description="What others call")
component.update(description="Changed")
print(jira.component(component.id).description, jira.component_count_related_issues(component.id))
one = jira.create_version("1.0", "ENG", releaseDate="2026-04-01")
other = jira.create_version("2.0", "ENG")
one.update(released=True)
jira.move_version(other.id, position="First")
print([version.name for version in jira.project_versions("ENG")], jira.version_count_related_issues(one.id)["issuesFixedCount"])
roles = jira.project_roles("ENG")
print(sorted(roles)[0], jira.project_role("ENG", roles["Administrators"]["id"]).name)
print([status.name for status in jira.statuses()][:1], len(jira.priorities()), jira.resolution(jira.resolutions()[0].id).name)
print([type.name for type in jira.project_issue_types("ENG")] if hasattr(jira, "project_issue_types") else [type.name for type in jira.issue_types()][:5])
print(jira.my_permissions(projectKey="ENG", permissions="ADMINISTER")["permissions"]["ADMINISTER"]["havePermission"])
component.delete()
`);
    expect(said).toEqual([
      "['ENG', 'OPS', 'REV'] Ben Carver",
      'Changed 0',
      "['2.0', '1.0'] 0",
      'Administrators Administrators',
      expect.stringMatching(/5 Done$/),
      expect.stringContaining("'Epic', 'Story'"),
      'True',
    ]);
  });

  it('plan boards, sprints and filters, and look at dashboards', async () => {
    const said = await printed(`
board = [one for one in jira.boards() if one.type == "scrum"][0]
sprint = jira.create_sprint("Sprint 1", board.id, startDate="2026-03-02T09:00:00.000Z", endDate="2026-03-16T09:00:00.000Z")
issue = jira.create_issue(project="ENG", issuetype={"name": "Task"}, summary="Plan")
jira.add_issues_to_sprint(sprint.id, [issue.key])
jira.update_sprint(sprint.id, name="Sprint 1", state="active", startDate="2026-03-02T09:00:00.000Z", endDate="2026-03-16T09:00:00.000Z")
print([(one.name, one.state) for one in jira.sprints(board.id)])
jira.move_to_backlog([issue.key])
jira.rank(issue.key, next_issue="ENG-2")
jira.add_issues_to_epic("ENG-1", [issue.key])
print(jira.issue(issue.key).fields.parent.key)
kept = jira.create_filter(name="Bugs", jql="type = Bug", favourite=True)
jira.update_filter(kept.id, description="Ours")
print(jira.filter(kept.id).description, [one.name for one in jira.favourite_filters()])
print([one.name for one in jira.dashboards()])
print(jira.search_users(query="cy")[0].displayName, [one.displayName for one in jira.search_assignable_users_for_issues(query="ben", project="ENG")])
print([one for one in jira.group_members("jira-administrators")] != [] if False else len(jira.fields()) > 50)
`);
    expect(said).toEqual([
      "[('Sprint 1', 'active')]",
      'ENG-1',
      "Ours ['Bugs']",
      "['Default dashboard']",
      "Cy Young ['Ben Carver']",
      'True',
    ]);
  });
});
