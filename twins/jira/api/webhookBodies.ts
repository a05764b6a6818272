/**
 * What webhooks carry: the event, who caused it, and what it is about, in the form of version 2.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#webhook-payload
 */
import type { World } from '../../../src/world/world.ts';
import { siteBase } from '../hosts.ts';
import { TIME_ZONE } from '../model/defaults.ts';
import { linkTypes } from '../model/issues/links.ts';
import { personOf } from '../model/people/people.ts';
import { shown } from '../model/time.ts';
import type { Happening } from '../model/webhooks/happened.ts';
import type { Issue, IssueLink, Project } from '../world.ts';
import type { Address } from './address.ts';
import { boardView, sprintView } from './agileViews.ts';
import { issueView, wantedFields } from './issueView.ts';
import { listedPerson, personView } from './peopleView.ts';
import { issueTypeView, projectAvatars } from './schemeViews.ts';
import { attachmentView, commentView, worklogView } from './talkViews.ts';
import { versionInFull } from './versionViews.ts';

type Json = Record<string, unknown>;

/** The body of an event; people in it are shown without their e-mails. */
export function webhookBody(world: World, happening: Happening): Json {
  const at = placeOf(world);
  const { event } = happening;
  const body: Json = { timestamp: world.now(), webhookEvent: event };
  if (event.startsWith('jira:issue_') || event === 'jira:worklog_updated')
    Object.assign(body, issueParts(at, happening));
  else for (const [name, part] of PARTS) Object.assign(body, named(name, part(at, happening)));
  return withoutEmails(body) as Json;
}

/** Webhooks speak version 2, of the site itself, as nobody in particular. */
function placeOf(world: World): Address {
  const site = siteBase(world);
  const rest = `${site}/rest/api/2`;
  const date = (stored: string) => shown(stored, TIME_ZONE);
  return {
    world,
    site,
    origin: site,
    rest,
    issues: rest,
    form: 'wiki',
    me: undefined,
    agile: false,
    date,
    dateOrNull: (stored) => (stored === null ? null : date(stored)),
  };
}

const CAUSES: Readonly<Record<string, string>> = {
  'jira:issue_created': 'issue_created',
  'jira:issue_updated': 'issue_updated',
  'jira:issue_deleted': 'issue_deleted',
  'jira:worklog_updated': 'issue_worklog_updated',
};

function issueParts(at: Address, { event, eventType, user, issue, changelog }: Happening): Json {
  return {
    issue_event_type_name: eventType ?? CAUSES[event],
    ...named('user', personView(at, user ?? null)),
    ...named('issue', issue && wholeIssue(at, issue)),
    ...named('changelog', changelog && { id: changelog.id, items: changelog.items }),
  };
}

/** Everything but the talk: comments and work have events of their own. The link to itself is the vendor's slip. */
function wholeIssue(at: Address, issue: Issue): Json {
  const { fields } = issueView(at, issue, wantedFields(['-comment', '-worklog'], '*all'));
  return { id: issue.id, self: `${at.rest}/${issue.id}`, key: issue.key, fields };
}

function shortIssue(at: Address, issue: Issue): Json {
  const names = ['summary', 'issuetype', 'project', 'assignee', 'priority', 'status'];
  const { fields } = issueView(at, issue, wantedFields(names, '*all'));
  return { id: issue.id, self: `${at.rest}/${issue.id}`, key: issue.key, fields };
}

/** The parts of every other event, in the order in which they are written. */
const PARTS: readonly [string, (at: Address, happening: Happening) => unknown][] = [
  ['comment', (at, { comment }) => comment && commentView(at, comment)],
  ['issue', (at, { comment, property, issue }) => (comment || property) && issue && shortIssue(at, issue)],
  ['eventType', (_, { comment }) => comment && 'primaryAction'],
  ['worklog', (at, { worklog }) => worklog && worklogView(at, worklog)],
  ['attachment', (at, { attachment }) => attachment && attachmentView(at, attachment)],
  ['issueLink', (at, { issueLink }) => issueLink && linkView(at, issueLink)],
  ['property', (_, { property, option }) => option ?? (property && keyed(property))],
  ['issuetype', (at, { issueType }) => issueType && issueTypeView(at, issueType)],
  ['project', (at, { project }) => project && projectPart(at, project)],
  ['version', (at, { version }) => version && versionInFull(at, version)],
  ['mergedTo', (at, { mergedTo }) => mergedTo && versionInFull(at, mergedTo)],
  ['user', (at, { subject }) => subject && listedPerson(at, subject)],
  ['board', (at, { board }) => board && boardPart(at, board)],
  ['sprint', (at, { sprint }) => sprint && sprintView(agile(at), sprint)],
  ['oldValue', (at, { oldSprint }) => oldSprint && sprintView(agile(at), oldSprint)],
];

const agile = (at: Address): Address => ({ ...at, issues: `${at.site}/rest/agile/1.0` });

const keyed = ({ key, value }: { key: string; value: unknown }): Json => ({ key, value });

function boardPart(at: Address, board: NonNullable<Happening['board']>): Json {
  const { id, self, name, type } = boardView(agile(at), board);
  return { id, self, name, type };
}

function linkView(at: Address, link: IssueLink): Json {
  const type = linkTypes(at.world).find((one) => one.id === link.type.id);
  return {
    id: Number(link.id),
    sourceIssueId: Number(link.inwardIssue.id),
    destinationIssueId: Number(link.outwardIssue.id),
    issueLinkType: {
      id: Number(link.type.id),
      name: type?.name ?? '',
      outwardName: type?.outward ?? '',
      inwardName: type?.inward ?? '',
      isSubTaskLinkType: false,
      isSystemLinkType: false,
    },
    systemLink: false,
  };
}

function projectPart(at: Address, project: Project): Json {
  const lead = personOf(at.world, project.lead);
  return {
    self: `${at.rest}/project/${project.id}`,
    id: Number(project.id),
    key: project.key,
    name: project.name,
    avatarUrls: projectAvatars(at, project),
    ...(lead ? { projectLead: personView(at, lead) } : {}),
    assigneeType: `admin.assignee.type.${project.assigneeType === 'PROJECT_LEAD' ? 'project.lead' : 'unassigned'}`,
  };
}

const named = (name: string, value: unknown): Json =>
  value === undefined || value === null ? {} : { [name]: value };

/** Bodies go to whoever listens: the vendor leaves addresses of people out of them. */
function withoutEmails(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmails);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !(key === 'emailAddress' && 'accountId' in value));
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutEmails(each)]));
}
