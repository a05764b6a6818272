/**
 * From a world file to a Jira site: the cast becomes its people, the first of them its administrator. A project
 * that names its kinds of issue or its workflow is company-managed and shares them with the site; one that names
 * neither is team-managed, as Jira makes them, with kinds and statuses of its own.
 */
import { ApiError } from '../../src/error.ts';
import { uuid } from '../../src/ids.ts';
import type { JiraIssuePart, JiraPart, WorldFile } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';
import { SYSTEM_DASHBOARD } from './model/dashboards/dashboard.ts';
import {
  ISSUE_TYPE_SCHEME,
  ISSUE_TYPES,
  issueTypeNamed,
  LINK_TYPES,
  PRIORITIES,
  PRIORITY_SCHEME,
  RESOLUTIONS,
  STATUS_CATEGORIES,
} from './model/defaults.ts';
import { plantFields } from './model/fields/siteFields.ts';
import { plantScreens } from './model/fields/siteScreens.ts';
import { nextId } from './model/ids.ts';
import { addComment } from './model/issues/comments.ts';
import { draftOf } from './model/issues/issueFields.ts';
import { createIssue } from './model/issues/issues.ts';
import { makeIssueTypeScheme } from './model/issueTypes/siteTypes.ts';
import { beginNotifications } from './model/notifications/notificationSchemes.ts';
import { quietly } from './model/notifications/notifyOf.ts';
import { addUser, userByEmail } from './model/people/people.ts';
import { mintToken } from './model/people/tokens.ts';
import { beginRoles } from './model/permissions/actors.ts';
import { beginPermissions, makeAdministrator, SOFTWARE_SCHEME } from './model/permissions/beginnings.ts';
import { projectNamed } from './model/projects/projects.ts';
import { BACKLOG, SIMPLE } from './model/projects/templates.ts';
import { addProjectBoard } from './model/software/projectBoard.ts';
import { addProjectWorkflow } from './model/workflows/projectWorkflow.ts';
import { addSystemWorkflow } from './model/workflows/systemWorkflow.ts';
import { arrive, save } from './model/workflows/workflow.ts';
import { statusesOf } from './model/workflows/workflowOf.ts';
import { plantApps } from './plantApps.ts';
import { plantBacklog } from './plantBacklog.ts';
import {
  dashboards,
  histories,
  issueLinkTypes,
  issueTypeSchemes,
  type Project,
  priorities,
  prioritySchemes,
  projects,
  resolutions,
  type Scope,
  site,
  type User,
  users,
} from './world.ts';

type ProjectPart = NonNullable<JiraPart['projects']>[number];

/** Fills a fresh site. */
export function plant(world: World, file: WorldFile): void {
  const part = file.jira ?? {};
  // What a world begins with happened to nobody.
  quietly(world);
  const name = part.site ?? 'orrery';
  beginPermissions(world, name);
  for (const person of world.cast) addUser(world, person.email, person.name);
  const owner = world
    .list(users, { index: 'email', equals: (world.cast[0]?.email ?? '').toLowerCase() })
    .first();
  if (!owner) throw new Error('a Jira site needs a first person, its administrator');
  makeAdministrator(world, owner);
  world.insert(site, {
    id: 'site',
    cloudId: uuid(world.drawFor('jira.cloudId', name)),
    name,
    url: `https://${name}.atlassian.net`,
    owner: { accountId: owner.accountId },
  });
  for (const row of PRIORITIES) world.insert(priorities, row);
  world.insert(prioritySchemes, PRIORITY_SCHEME);
  world.insert(issueTypeSchemes, ISSUE_TYPE_SCHEME);
  beginNotifications(world);
  for (const row of RESOLUTIONS) world.insert(resolutions, row);
  addSystemWorkflow(world);
  for (const row of LINK_TYPES) world.insert(issueLinkTypes, row);
  plantFields(world);
  world.insert(dashboards, SYSTEM_DASHBOARD);
  plantScreens(world);
  mintToken(world, { kind: 'apiToken', owner });
  for (const project of part.projects ?? []) plantProject(world, project, owner);
  if (!Array.isArray(part.issues)) plantBacklog(world, part.issues?.count ?? 0);
  else for (const [i, issue] of part.issues.entries()) plantNamed(world, i, issue, owner);
  plantApps(world, part, owner);
}

function plantNamed(world: World, nth: number, issue: JiraIssuePart, owner: User): void {
  try {
    plantIssue(world, issue, owner);
  } catch (error) {
    if (error instanceof ApiError) throw misfit(`jira.issues[${nth}] (${issue.summary}): ${error.message}`);
    throw error;
  }
}

/** A world file that does not fit together: 422, in words for whoever wrote it. */
const misfit = (message: string): ApiError => new ApiError({ name: 'invalid-world', status: 422, message });

function plantProject(world: World, part: ProjectPart, owner: User): void {
  const classic = part.issueTypes !== undefined || part.workflow !== undefined;
  const software = (part.type ?? 'software') === 'software';
  const id = nextId(world, 'project');
  const scope: Scope | undefined = classic ? undefined : { type: 'PROJECT', project: { id } };
  const entityId = uuid(world.drawFor('jira.project', part.key));
  const project: Project = {
    id,
    key: part.key,
    name: part.name,
    description: '',
    lead: {
      accountId: (part.lead ? userByEmail(world, part.lead) : undefined)?.accountId ?? owner.accountId,
    },
    projectTypeKey: part.type ?? 'software',
    simplified: !classic,
    style: classic ? 'classic' : 'next-gen',
    isPrivate: false,
    assigneeType: 'UNASSIGNED',
    avatarId: 10_407,
    uuid: entityId,
    issueTypeScheme: { id: plantIssueTypeScheme(world, part, scope) },
    workflowScheme: addProjectWorkflow(world, {
      key: part.key,
      scope,
      ...(part.workflow ?? { statuses: classic && software ? BACKLOG : SIMPLE }),
    }),
    ...(classic && software ? { permissionScheme: SOFTWARE_SCHEME } : {}),
    ...(classic ? {} : { features: SCRUM_FEATURES }),
  };
  world.insert(projects, project);
  beginRoles(world, project);
  if (project.projectTypeKey === 'software') addProjectBoard(world, project, classic ? 'scrum' : 'simple');
}

/** A team-managed project is of the Scrum template. */
const SCRUM_FEATURES = {
  'jsw.agility.backlog': 'ENABLED',
  'jsw.agility.sprints': 'ENABLED',
  'jsw.agility.estimation': 'ENABLED',
} as const;

/** Which types of issue a project has: the site's by those names, or new ones. */
function plantIssueTypeScheme(world: World, part: ProjectPart, scope: Scope | undefined): string {
  const names = part.issueTypes ?? ISSUE_TYPES.map((one) => one.name);
  return makeIssueTypeScheme(world, `${part.key}: Scrum Issue Type Scheme`, names.map(issueTypeNamed), scope)
    .id;
}

/** An issue of the world file; its history begins when the universe does. */
function plantIssue(world: World, part: JiraIssuePart, owner: User): void {
  const reporter = person(world, part.reporter) ?? owner;
  const assignee = person(world, part.assignee);
  const made = createIssue(
    world,
    reporter,
    {
      fields: {
        project: { key: part.project },
        issuetype: { name: part.type },
        summary: part.summary,
        ...(part.description === undefined ? {} : { description: part.description }),
        ...(part.priority === undefined ? {} : { priority: { name: part.priority } }),
        ...(part.labels === undefined ? {} : { labels: part.labels }),
        ...(part.parent === undefined ? {} : { parent: { key: part.parent } }),
        ...(assignee ? { assignee: { accountId: assignee.accountId } } : {}),
      },
    },
    'wiki',
  );
  if (part.status !== undefined) {
    const project = projectNamed(world, part.project) as Project;
    const wanted = part.status.toLowerCase();
    const found = statusesOf(world, project, made.fields.issuetype);
    // Every project has something to do, in progress and done, whatever it calls them.
    const category = STATUS_CATEGORIES.find(({ name }) => name.toLowerCase() === wanted);
    const status =
      found.find((one) => one.name.toLowerCase() === wanted) ??
      found.find((one) => one.statusCategory.id === category?.id);
    if (!status) throw misfit(`${part.project} has no status called ${part.status}`);
    const draft = draftOf(made);
    arrive(world, draft, status);
    save(world, made, draft, reporter);
    for (const row of world.list(histories, { index: 'issue', equals: made.id }).toArray())
      world.remove(histories, row.id);
  }
  for (const { from, text } of part.comments ?? [])
    addComment(world, made, person(world, from) ?? owner, { body: text }, 'wiki');
}

function person(world: World, email: string | undefined): User | undefined {
  if (email === undefined) return undefined;
  const found = userByEmail(world, email);
  if (!found) throw misfit(`nobody in this world has the e-mail ${email}`);
  return found;
}
