/**
 * What apps keep about fields of their own, context by context. The site keeps it for them and reads nothing of it.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-configuration--apps-/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { APP_CONFIGURATION_CHARS_MAX } from '../../limits.ts';
import { type FieldContext, fieldContexts, issues } from '../../world.ts';
import { projectNamed } from '../projects/projects.ts';
import type { AppField } from './appFields.ts';
import { contextFor, contextsOf } from './contexts.ts';

/** Which configurations are asked for; one way at most. */
export interface ConfigurationQuery {
  ids: readonly string[];
  contextIds: readonly string[];
  issueId: string | null;
  project: string | null;
  issueTypeId: string | null;
}

/** The contexts of a field whose configurations are asked for; 400 for a question that is none. */
export function configurationsOf(world: World, field: AppField, query: ConfigurationQuery): FieldContext[] {
  const { ids, contextIds, issueId, project, issueTypeId } = query;
  const ways = [
    ids.length > 0,
    contextIds.length > 0,
    issueId !== null,
    project !== null || issueTypeId !== null,
  ];
  if (ways.filter(Boolean).length > 1) throw badQuery('Only one filter can be provided.');
  if ((project === null) !== (issueTypeId === null))
    throw badQuery('projectKeyOrId and issueTypeId must be provided together.');
  const all = contextsOf(world, field.id);
  if (issueId !== null) {
    const fields = world.get(issues, issueId)?.fields;
    const at = fields && contextFor(world, field.id, fields.project.id, fields.issuetype.id);
    return at ? [at] : [];
  }
  if (project !== null && issueTypeId !== null) {
    const at = contextFor(world, field.id, projectNamed(world, project)?.id ?? '', issueTypeId);
    return at ? [at] : [];
  }
  // A context has one configuration, and they share their id.
  const wanted = [...ids, ...contextIds];
  return wanted.length === 0 ? all : all.filter((one) => wanted.includes(one.id));
}

/** One configuration as it is sent. */
export interface ConfigurationInput {
  id?: string;
  configuration?: unknown;
  schema?: unknown;
}

/** Keeps configurations; what is left out of one is forgotten. All are kept, or none. */
export function keepConfigurations(
  world: World,
  field: AppField,
  inputs: readonly ConfigurationInput[],
): void {
  const ids = inputs.map((one) => one.id ?? '');
  if (ids.length === 0) throw badQuery('The configurations must not be empty.');
  if (new Set(ids).size < ids.length) throw badQuery('The configurations must not contain duplicates.');
  const gone = ids.find((id) => world.get(fieldContexts, id)?.fieldId !== field.id);
  if (gone !== undefined) throw missing(`The configuration with id '${gone}' was not found.`);
  for (const { id = '', configuration, schema } of inputs) {
    const kept = {
      ...(configuration === undefined || configuration === null ? {} : { configuration }),
      ...(schema === undefined || schema === null ? {} : { schema }),
    };
    if (JSON.stringify(kept).length > APP_CONFIGURATION_CHARS_MAX)
      throw badQuery(`A configuration cannot be longer than ${APP_CONFIGURATION_CHARS_MAX} characters.`);
    world.update(fieldContexts, id, { configuration: kept });
  }
}
