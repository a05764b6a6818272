/**
 * A project of a template that is sent along, as a task: its types of issue and its statuses. The other capabilities
 * of the payload are not there yet, and are refused rather than passed over.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-templates/#api-rest-api-3-project-template-post
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, refused } from '../../errors.ts';
import type { UserRef } from '../../world.ts';
import { type CategoryKey, ISSUE_TYPES, issueTypeNamed } from '../defaults.ts';
import { requireUser } from '../people/people.ts';
import { createProjectOf, type Template } from './createProject.ts';
import { type DetailsInput, readDetails } from './projectDetails.ts';
import type { ProjectTypeKey } from './templates.ts';

type Named = { name?: string | null; description?: string | null } | null;

/** What `POST /project-template` takes, as far as it is dealt with. */
export interface TemplatePayload {
  details?: DetailsInput | null;
  template?: {
    project?: { projectTypeKey?: ProjectTypeKey | null } | null;
    scope?: { type?: 'GLOBAL' | 'PROJECT' | null } | null;
    issueType?: {
      issueTypes?: readonly (Named & { hierarchyLevel?: number | null; avatarId?: number | null })[] | null;
    } | null;
    workflow?: {
      statuses?: readonly (Named & { statusCategory?: 'TODO' | 'IN_PROGRESS' | 'DONE' | null })[] | null;
    } | null;
    [capability: string]: unknown;
  } | null;
}

const KNOWN: ReadonlySet<string> = new Set(['project', 'scope', 'issueType', 'workflow']);
const NOT_THERE: ReadonlySet<string> = new Set([
  'boards',
  'boardFeatures',
  'field',
  'notification',
  'permissionScheme',
  'role',
  'security',
]);
const CATEGORIES: Readonly<Record<string, CategoryKey>> = {
  TODO: 'new',
  IN_PROGRESS: 'indeterminate',
  DONE: 'done',
};
const BEGINNING = [
  { name: 'To Do', category: 'new' },
  { name: 'In Progress', category: 'indeterminate' },
  { name: 'Done', category: 'done' },
] as const;

/** Looks a payload over before its task begins: `badFields` for the details, 501 for a capability that is not there. */
export function requirePayload(world: World, { details, template }: TemplatePayload): void {
  if (!details || !template) throw refused('badRequest');
  const given = Object.keys(template).filter((key) => template[key] !== null && template[key] !== undefined);
  if (given.some((key) => !KNOWN.has(key) && !NOT_THERE.has(key))) throw refused('badRequest');
  const lacking = given.find((key) => NOT_THERE.has(key));
  if (lacking)
    throw refused(
      'notImplemented',
      `createProjectWithCustomTemplate: '${lacking}' of a template is not there yet.`,
    );
  readDetails(world, details);
  for (const list of [template.issueType?.issueTypes, template.workflow?.statuses])
    for (const one of list ?? [])
      if (!one?.name?.trim()) throw badFields({ name: 'You must specify a name.' });
}

/** Makes the project, when the task's time has come. */
export function createOfTemplateLater(world: World, payload: TemplatePayload, submitter: UserRef): unknown {
  requirePayload(world, payload);
  const project = createProjectOf(
    world,
    requireUser(world, submitter.accountId),
    payload.details ?? {},
    templateOf(payload),
  );
  return { projectId: Number(project.id), projectKey: project.key };
}

function templateOf({ template }: TemplatePayload): Template {
  const { project, scope, issueType, workflow } = template ?? {};
  const teamManaged = scope?.type === 'PROJECT';
  const projectTypeKey = project?.projectTypeKey ?? 'business';
  const types = (issueType?.issueTypes ?? []).map((one) => typeOf(one));
  const statuses = (workflow?.statuses ?? []).map((one) => ({
    name: one?.name ?? '',
    category: CATEGORIES[one?.statusCategory ?? 'TODO'] ?? 'new',
  }));
  return {
    projectTypeKey,
    teamManaged,
    name: 'Custom',
    issueTypes: types.length > 0 ? types : ISSUE_TYPES,
    statuses: statuses.length > 0 ? statuses : BEGINNING,
    ...(projectTypeKey === 'software'
      ? { board: teamManaged ? ('simple' as const) : ('scrum' as const) }
      : {}),
  };
}

function typeOf(sent: Named & { hierarchyLevel?: number | null; avatarId?: number | null }) {
  const known = issueTypeNamed(sent?.name ?? '');
  const hierarchyLevel = sent?.hierarchyLevel ?? known.hierarchyLevel;
  return {
    ...known,
    name: sent?.name ?? '',
    description: sent?.description ?? known.description,
    hierarchyLevel,
    subtask: hierarchyLevel < 0,
    avatarId: sent?.avatarId ?? known.avatarId,
  };
}
