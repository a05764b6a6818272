/**
 * Templates that people make of their own projects.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-templates/
 */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../../errors.ts';
import { TEMPLATE_DESCRIPTION_CHARS_MAX, TEMPLATE_NAME_CHARS_MAX } from '../../limits.ts';
import { type CustomTemplate, customTemplates, type Project, type TemplateParts } from '../../world.ts';
import { STATUS_CATEGORIES } from '../defaults.ts';
import { statusesOf } from '../workflows/workflowOf.ts';
import { issueTypesOf, projectNamed } from './projects.ts';
import type { ProjectTemplate } from './templates.ts';

interface Options {
  enableScreenDelegatedAdminSupport?: boolean | null;
  enableWorkflowDelegatedAdminSupport?: boolean | null;
}

/** What `POST /project-template/save-template` takes. */
export interface SaveTemplateInput {
  templateName?: string | null;
  templateDescription?: string | null;
  templateFromProjectRequest?: {
    projectId?: string | number | null;
    templateType?: 'LIVE' | 'SNAPSHOT' | null;
    templateGenerationOptions?: Options | null;
  } | null;
}

/** What `PUT /project-template/edit-template` takes. */
export interface EditTemplateInput {
  templateKey?: string | null;
  templateName?: string | null;
  templateDescription?: string | null;
  templateGenerationOptions?: Options | null;
}

/** Makes a template of a project; 400 for texts that are missing or too long, 404 for the project. */
export function saveTemplate(world: World, input: SaveTemplateInput): CustomTemplate {
  const from = input.templateFromProjectRequest;
  const project = projectNamed(world, String(from?.projectId ?? ''));
  if (!project) throw missing(`No project could be found with id '${from?.projectId ?? ''}'.`);
  const id = uuid(world.drawFor('jira.customTemplate', world.next('jira.customTemplate')));
  const type = from?.templateType ?? 'LIVE';
  return world.insert(customTemplates, {
    key: `custom-template-${id}`,
    uuid: id,
    name: named(input.templateName),
    description: described(input.templateDescription) ?? '',
    type,
    projectId: project.id,
    options: optionsOf(from?.templateGenerationOptions),
    ...(type === 'SNAPSHOT' ? { snapshot: partsOf(world, project) } : {}),
  });
}

/** Changes a template's texts and options. */
export function editTemplate(world: World, input: EditTemplateInput): CustomTemplate {
  const before = requireTemplate(world, input.templateKey ?? '');
  const description = described(input.templateDescription);
  return world.update(customTemplates, before.key, {
    ...(input.templateName === undefined || input.templateName === null
      ? {}
      : { name: named(input.templateName) }),
    ...(description === undefined ? {} : { description }),
    ...(input.templateGenerationOptions
      ? { options: { ...before.options, ...optionsOf(input.templateGenerationOptions) } }
      : {}),
  });
}

/** 404 for a template that is not there. */
export const requireTemplate = (world: World, key: string): CustomTemplate =>
  world.require(customTemplates, key, () => missing(`The template with key '${key}' does not exist.`));

/** The template of a key or of a project (an id or a key); 400 where neither is named. */
export function templateFor(world: World, key: string | null, project: string | null): CustomTemplate {
  if (key !== null) return requireTemplate(world, key);
  if (project === null) throw badQuery("Either 'templateKey' or 'projectId' must be given.");
  const id = projectNamed(world, project)?.id ?? '';
  const found = world.list(customTemplates, { index: 'project', equals: id }).first();
  if (!found) throw missing(`There is no template of the project '${project}'.`);
  return found;
}

/** Deletes a template; projects that were made of it stay. */
export function removeTemplate(world: World, key: string): void {
  requireTemplate(world, key);
  world.remove(customTemplates, key);
}

/** What projects of a template have: what its own project has now, or had when it was saved. */
export function customTemplateParts(
  world: World,
  key: string,
):
  | (Pick<ProjectTemplate, 'projectTypeKey' | 'teamManaged' | 'name' | 'board'> &
      Omit<TemplateParts, 'projectTypeKey'>)
  | undefined {
  const template = world.get(customTemplates, key);
  const project = template && projectNamed(world, template.projectId);
  const parts = template?.snapshot ?? (project && partsOf(world, project));
  if (!template || !parts) return undefined;
  const software = parts.projectTypeKey === 'software';
  return {
    ...parts,
    projectTypeKey: parts.projectTypeKey as ProjectTemplate['projectTypeKey'],
    name: template.name,
    ...(software ? { board: parts.teamManaged ? 'simple' : 'scrum' } : {}),
  };
}

function partsOf(world: World, project: Project): TemplateParts {
  return {
    projectTypeKey: project.projectTypeKey,
    teamManaged: project.simplified,
    issueTypes: issueTypesOf(world, project).map(({ id: _, entityId: __, scope: ___, ...type }) => type),
    statuses: statusesOf(world, project).map(({ name, statusCategory }) => ({
      name,
      category: STATUS_CATEGORIES.find(({ id }) => id === statusCategory.id)?.key ?? 'undefined',
    })),
  };
}

const optionsOf = (sent: Options | null | undefined): CustomTemplate['options'] => ({
  enableScreenDelegatedAdminSupport: sent?.enableScreenDelegatedAdminSupport === true,
  enableWorkflowDelegatedAdminSupport: sent?.enableWorkflowDelegatedAdminSupport === true,
});

function named(value: string | null | undefined): string {
  const name = (value ?? '').trim();
  if (name === '') throw badFields({ templateName: 'The template name must be given.' });
  if (name.length > TEMPLATE_NAME_CHARS_MAX)
    throw badFields({
      templateName: `The template name must not exceed ${TEMPLATE_NAME_CHARS_MAX} characters.`,
    });
  return name;
}

function described(value: string | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (value.length > TEMPLATE_DESCRIPTION_CHARS_MAX)
    throw badFields({
      templateDescription: `The template description must not exceed ${TEMPLATE_DESCRIPTION_CHARS_MAX} characters.`,
    });
  return value;
}
