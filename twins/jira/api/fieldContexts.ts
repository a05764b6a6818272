/** Contexts of custom fields: where each applies, and what it holds there until it is set. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { type DefaultValue, setDefaults } from '../model/fields/contextDefaults.ts';
import {
  addIssueTypes,
  addProjects,
  contextFor,
  contextsOf,
  createContext,
  deleteContext,
  removeIssueTypes,
  removeProjects,
  requireContext,
  requireIssueTypes,
  requireProjects,
  updateContext,
} from '../model/fields/contexts.ts';
import { requireCustomField } from '../model/fields/customFields.ts';
import type { FieldContext } from '../world.ts';
import { bodyObject, doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { body, listOf, part, text } from './shapes.ts';

const GROUP = 'issue-custom-field-contexts';
const ADMINS = 'Only Jira administrators can access custom field contexts.';
const ROOT = '/rest/api/3/field/{fieldId}/context';

/** A field's contexts, those that `contextId` names where it names any. */
function chosen(call: Call): FieldContext[] {
  administrator(call, ADMINS);
  const field = requireCustomField(call.world, call.params.fieldId ?? '');
  const ids = listParameter(call.query, 'contextId');
  return contextsOf(call.world, field.id).filter((one) => ids.length === 0 || ids.includes(one.id));
}

/** The context that a path names, for an administrator. */
function named(call: Call): FieldContext {
  administrator(call, ADMINS);
  return requireContext(call.world, call.params.fieldId ?? '', call.params.contextId ?? '');
}

const page = { style: 'values', default: 50, max: 100 };

/** Whether a parameter that is `true` or `false` agrees; it does where it is left out. */
const agrees = (call: Call, name: string, is: boolean): boolean =>
  !call.query.has(name) || (call.query.get(name) === 'true') === is;

/** Adds or takes away what a context is for. */
const membership = (
  id: string,
  route: `${'PUT' | 'POST'} ${string}`,
  key: 'issueTypeIds' | 'projectIds',
  change: (world: Call['world'], context: FieldContext, ids: readonly string[]) => void,
  anchor: string,
) =>
  endpoint(
    {
      id,
      route,
      status: 204,
      input: body({ [key]: listOf(text) }, { strict: true }),
      doc: doc(GROUP, anchor),
    },
    (call: Call) => {
      change(call.world, named(call), given<Record<string, string[]>>(call)[key] ?? []);
    },
  );

export const fieldContextEndpoints = [
  endpoint(
    { id: 'getContextsForField', route: `GET ${ROOT}`, page, doc: doc(GROUP, 'field-fieldid-context-get') },
    (call) => {
      const found = chosen(call).filter(
        ({ projectIds, issueTypeIds }) =>
          agrees(call, 'isGlobalContext', projectIds.length === 0) &&
          agrees(call, 'isAnyIssueType', issueTypeIds.length === 0),
      );
      return list(rangeOf(found), ({ id, name, description, projectIds, issueTypeIds }) => ({
        id,
        name,
        description,
        isGlobalContext: projectIds.length === 0,
        isAnyIssueType: issueTypeIds.length === 0,
      }));
    },
  ),
  endpoint(
    {
      id: 'createCustomFieldContext',
      route: `POST ${ROOT}`,
      status: 201,
      input: body({
        name: text,
        description: text,
        projectIds: listOf(text),
        issueTypeIds: listOf(text),
      }),
      doc: doc(GROUP, 'field-fieldid-context-post'),
    },
    (call) => {
      const me = administrator(call, ADMINS);
      const { id, name, description, projectIds, issueTypeIds } = createContext(
        call.world,
        me,
        call.params.fieldId,
        given(call),
      );
      return { id, name, description, projectIds, issueTypeIds };
    },
  ),
  endpoint(
    {
      id: 'updateCustomFieldContext',
      route: `PUT ${ROOT}/{contextId}`,
      status: 204,
      input: body({ name: text, description: text }, { strict: true }),
      doc: doc(GROUP, 'field-fieldid-context-contextid-put'),
    },
    (call) => {
      updateContext(call.world, administrator(call, ADMINS), named(call), given(call));
    },
  ),
  endpoint(
    {
      id: 'deleteCustomFieldContext',
      route: `DELETE ${ROOT}/{contextId}`,
      status: 204,
      doc: doc(GROUP, 'field-fieldid-context-contextid-delete'),
    },
    (call) => {
      deleteContext(call.world, administrator(call, ADMINS), named(call));
    },
  ),
  membership(
    'addIssueTypesToContext',
    `PUT ${ROOT}/{contextId}/issuetype`,
    'issueTypeIds',
    addIssueTypes,
    'field-fieldid-context-contextid-issuetype-put',
  ),
  membership(
    'removeIssueTypesFromContext',
    `POST ${ROOT}/{contextId}/issuetype/remove`,
    'issueTypeIds',
    removeIssueTypes,
    'field-fieldid-context-contextid-issuetype-remove-post',
  ),
  membership(
    'assignProjectsToCustomFieldContext',
    `PUT ${ROOT}/{contextId}/project`,
    'projectIds',
    addProjects,
    'field-fieldid-context-contextid-project-put',
  ),
  membership(
    'removeCustomFieldContextFromProjects',
    `POST ${ROOT}/{contextId}/project/remove`,
    'projectIds',
    removeProjects,
    'field-fieldid-context-contextid-project-remove-post',
  ),
  endpoint(
    {
      id: 'getIssueTypeMappingsForContexts',
      route: `GET ${ROOT}/issuetypemapping`,
      page,
      doc: doc(GROUP, 'field-fieldid-context-issuetypemapping-get'),
    },
    (call) => {
      const rows = chosen(call).flatMap<object>(({ id: contextId, issueTypeIds }) =>
        issueTypeIds.length === 0
          ? [{ contextId, isAnyIssueType: true }]
          : [...issueTypeIds].sort().map((issueTypeId) => ({ contextId, issueTypeId })),
      );
      return list(rangeOf(rows), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getProjectContextMapping',
      route: `GET ${ROOT}/projectmapping`,
      page,
      doc: doc(GROUP, 'field-fieldid-context-projectmapping-get'),
    },
    (call) => {
      const rows = chosen(call).flatMap<object>(({ id: contextId, projectIds }) =>
        projectIds.length === 0
          ? [{ contextId, isGlobalContext: true }]
          : projectIds.map((projectId) => ({ contextId, projectId })),
      );
      return list(rangeOf(rows), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getCustomFieldContextsForProjectsAndIssueTypes',
      route: `POST ${ROOT}/mapping`,
      page,
      input: body({ mappings: listOf(part({ projectId: text, issueTypeId: text })) }, { strict: true }),
      doc: doc(GROUP, 'field-fieldid-context-mapping-post'),
    },
    (call) => {
      administrator(call, ADMINS);
      const { mappings = [] } = given<{ mappings?: { projectId?: string; issueTypeId?: string }[] }>(call);
      const field = requireCustomField(call.world, call.params.fieldId);
      return list(rangeOf(mapped(call, field.id, mappings)), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getDefaultValues',
      route: `GET ${ROOT}/defaultValue`,
      page,
      doc: doc(GROUP, 'field-fieldid-context-defaultvalue-get'),
    },
    (call) => {
      const rows = chosen(call).flatMap(({ id, defaultValue }) =>
        defaultValue ? [{ id, defaultValue }] : [],
      );
      return list(rangeOf(rows), ({ id, defaultValue }) => ({ contextId: id, ...defaultValue }));
    },
  ),
  endpoint(
    {
      id: 'setDefaultValues',
      route: `PUT ${ROOT}/defaultValue`,
      status: 204,
      input: body({ defaultValues: listOf({ type: 'object' }) }, { strict: true }),
      doc: doc(GROUP, 'field-fieldid-context-defaultvalue-put'),
    },
    (call) => {
      administrator(call, ADMINS);
      const { defaultValues } = bodyObject(call) as { defaultValues?: DefaultValue[] | null };
      setDefaults(call.world, call.params.fieldId, defaultValues ?? []);
    },
  ),
];

function mapped(
  call: Call,
  fieldId: string,
  mappings: readonly { projectId?: string; issueTypeId?: string }[],
): object[] {
  const pairs = mappings.map(({ projectId = '', issueTypeId = '' }) => ({ projectId, issueTypeId }));
  if (new Set(pairs.map((one) => `${one.projectId}/${one.issueTypeId}`)).size < pairs.length)
    throw refused('badRequest', 'Duplicate project and issue type mappings cannot be provided.');
  requireProjects(call.world, [...new Set(pairs.map((one) => one.projectId))]);
  requireIssueTypes(call.world, [...new Set(pairs.map((one) => one.issueTypeId))]);
  return pairs.map((one) => ({
    ...one,
    contextId: contextFor(call.world, fieldId, one.projectId, one.issueTypeId)?.id ?? null,
  }));
}
