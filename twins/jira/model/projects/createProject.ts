/**
 * Projects come into being, from a template or of schemes that are there already.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-post
 */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery } from '../../errors.ts';
import {
  fieldConfigurationSchemes,
  issueTypeScreenSchemes,
  type Project,
  projects,
  type Ref,
  type Scope,
  type User,
} from '../../world.ts';
import { DEFAULT_AVATARS } from '../avatars/systemAvatars.ts';
import { ISSUE_TYPE_SCHEME } from '../defaults.ts';
import { setProjectSchemes } from '../fields/projectSchemes.ts';
import { nextId } from '../ids.ts';
import { beginWithTypes, makeIssueTypeScheme } from '../issueTypes/siteTypes.ts';
import { beginRoles } from '../permissions/actors.ts';
import { SOFTWARE_SCHEME } from '../permissions/beginnings.ts';
import { audit } from '../site/audit.ts';
import { addProjectBoard } from '../software/projectBoard.ts';
import { happened } from '../webhooks/happened.ts';
import { addProjectWorkflow } from '../workflows/projectWorkflow.ts';
import { DEFAULT_SCHEME } from '../workflows/systemWorkflow.ts';
import { customTemplateParts } from './customTemplates.ts';
import { type Details, type DetailsInput, idIn, readDetails } from './projectDetails.ts';
import { type ProjectTemplate, type ProjectTypeKey, templateByKey } from './templates.ts';
import { visit } from './visits.ts';

/** What `POST /project` takes. */
export interface ProjectInput extends DetailsInput {
  projectTypeKey?: string | null;
  projectTemplateKey?: string | null;
}

/** Makes a project; `badFields` with every detail that is wrong. Its maker has visited it. */
export const createProject = (world: World, user: User, input: ProjectInput): Project =>
  createProjectOf(world, user, input, templateIn(world, input));

/** The same, of a template that is given in full. */
export function createProjectOf(world: World, user: User, input: ProjectInput, template: Template): Project {
  const { key = '', name = '', lead = { accountId: user.accountId }, ...details } = readDetails(world, input);
  const begun = bare(world, template);
  const project = world.insert(projects, {
    ...begun,
    key,
    name,
    lead,
    ...given(details),
    ...broughtBy(world, { id: begun.id, key }, template, details),
  });
  beginRoles(world, project);
  nameFieldSchemes(world, project, input);
  if (template.board) addProjectBoard(world, project, template.board);
  visit(world, user, project);
  audit(world, {
    summary: 'Project created',
    category: 'projects',
    author: user,
    object: { id: project.id, name: project.name, typeName: 'PROJECT' },
  });
  happened(world, { event: 'project_created', user, project });
  return project;
}

/** The schemes of fields and screens that were named; 400 for one that is not there. */
function nameFieldSchemes(world: World, project: Project, input: ProjectInput): void {
  const screens = idIn(input.issueTypeScreenScheme);
  const configurations = idIn(input.fieldConfigurationScheme ?? input.fieldScheme);
  if (screens !== undefined && !world.get(issueTypeScreenSchemes, screens))
    throw badFields({
      issueTypeScreenScheme: `The issue type screen scheme with id '${screens}' does not exist.`,
    });
  if (configurations !== undefined && !world.get(fieldConfigurationSchemes, configurations))
    throw badFields({
      fieldConfigurationScheme: `The field configuration scheme with id '${configurations}' does not exist.`,
    });
  if (screens !== undefined || configurations !== undefined)
    setProjectSchemes(world, project.id, {
      issueTypeScreenSchemeId: screens,
      fieldConfigurationSchemeId: configurations,
    });
}

/** What a project begins with, whatever it is made of. */
function bare(
  world: World,
  { projectTypeKey, teamManaged, features }: Template,
): Omit<Project, 'key' | 'name' | 'lead' | 'issueTypeScheme' | 'workflowScheme'> {
  const id = nextId(world, 'project');
  return {
    id,
    description: '',
    projectTypeKey,
    simplified: teamManaged,
    style: teamManaged ? 'next-gen' : 'classic',
    isPrivate: false,
    assigneeType: 'UNASSIGNED',
    avatarId: DEFAULT_AVATARS.project,
    uuid: uuid(world.drawFor('jira.project', id)),
    ...(projectTypeKey === 'software' && !teamManaged ? { permissionScheme: SOFTWARE_SCHEME } : {}),
    ...(features ? { features: Object.fromEntries(features.map((one) => [one, 'ENABLED' as const])) } : {}),
  };
}

const given = ({ projectCategory, ...rest }: Details): Details => ({
  ...rest,
  ...(projectCategory?.id ? { projectCategory } : {}),
});

/** What a project is made of: a template, or just a type of project; then its schemes are named, or the site's defaults. */
export type Template = Pick<ProjectTemplate, 'projectTypeKey' | 'teamManaged'> & Partial<ProjectTemplate>;

const TYPES: ReadonlySet<string> = new Set(['software', 'service_desk', 'business', 'customer_service']);
const OF_TEMPLATES = [
  'issueTypeScheme',
  'issueTypeScreenScheme',
  'fieldConfigurationScheme',
  'fieldScheme',
  'workflowScheme',
] as const;

function templateIn(world: World, input: ProjectInput): Template {
  const { projectTypeKey, projectTemplateKey } = input;
  if (projectTypeKey && !TYPES.has(projectTypeKey))
    throw badFields({
      projectTypeKey:
        'An invalid project type was specified. Make sure the project type matches one of the valid types for this instance of Jira.',
    });
  if (!projectTemplateKey)
    return { projectTypeKey: (projectTypeKey ?? 'business') as ProjectTypeKey, teamManaged: false };
  const template = templateByKey(projectTemplateKey) ?? customTemplateParts(world, projectTemplateKey);
  if (!template || (projectTypeKey && template.projectTypeKey !== projectTypeKey))
    throw badFields({
      projectTemplateKey:
        "An invalid project template was specified. Make sure the project template matches the project type you've selected.",
    });
  const both = OF_TEMPLATES.find((scheme) => input[scheme] !== undefined && input[scheme] !== null);
  if (both) throw badQuery(`The '${both}' parameter cannot be used together with 'projectTemplateKey'.`);
  return template;
}

/** The types of issue and the workflow that come with a template; without one, what was named or the site's own. */
function broughtBy(
  world: World,
  { id, key }: Pick<Project, 'id' | 'key'>,
  template: Template,
  named: Details,
): { issueTypeScheme: Ref; workflowScheme: Ref } {
  const { issueTypes, statuses, name = '' } = template;
  if (!issueTypes || !statuses) {
    beginWithTypes(world);
    return {
      issueTypeScheme: named.issueTypeScheme ?? { id: ISSUE_TYPE_SCHEME.id },
      workflowScheme: named.workflowScheme ?? { id: DEFAULT_SCHEME },
    };
  }
  const scope: Scope | undefined = template.teamManaged ? { type: 'PROJECT', project: { id } } : undefined;
  const scheme = makeIssueTypeScheme(world, `${key}: ${name} Issue Type Scheme`, issueTypes, scope);
  const workflowScheme = addProjectWorkflow(world, { key, scope, statuses });
  return { issueTypeScheme: { id: scheme.id }, workflowScheme };
}
