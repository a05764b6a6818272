/** Choices of select fields that apps brought along. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { type AppField, requireOwner, requireSelectField } from '../model/fields/appFields.ts';
import {
  appOptionsOf,
  createAppOption,
  deleteAppOption,
  putAppOption,
  replaceAppOption,
  requireAppOption,
} from '../model/fields/appOptions.ts';
import { isSelectable, isVisible } from '../model/fields/appScopes.ts';
import { maySee } from '../model/permissions/may.ts';
import { type AppOption, projects } from '../world.ts';
import { addressOf, caller, doc, given } from './address.ts';
import { rangeOf } from './meta.ts';
import { body, listOf, oneOf, part, text } from './shapes.ts';
import { taskStarted } from './tasks.ts';

const GROUP = 'issue-custom-field-options--apps-';
const ROOT = '/rest/api/3/field/{fieldKey}/option';
const page = { style: 'values', default: 50, max: 100 };

/** The field that a path names, for its app and administrators. */
function owned(call: Call): AppField {
  const field = requireSelectField(call.world, call.params.fieldKey ?? '');
  requireOwner(call.world, caller(call), call.actor?.app, field);
  return field;
}

const idOf = (call: Call): number => Number(call.params.optionId);

const view = ({ id, value, properties, config }: AppOption) => ({
  id,
  value,
  ...(properties ? { properties } : {}),
  ...(config ? { config } : {}),
});

const WHOLE = { type: 'integer', minimum: 0 };
const ATTRIBUTES = listOf(oneOf('notSelectable', 'defaultValue'));
const SCOPE = part({
  projects: listOf(WHOLE),
  projects2: listOf({
    type: 'object',
    properties: { id: WHOLE, attributes: ATTRIBUTES },
    required: ['id'],
  }),
  global: part({ attributes: ATTRIBUTES }),
});
const OPTION = {
  value: text,
  properties: { type: ['object', 'null'] },
  config: part({ attributes: ATTRIBUTES, scope: SCOPE }),
};

/** Choices that a person may see in `projectId`, or in some project that the person may see. */
function suggested(call: Call, fits: (option: AppOption, projectId?: string) => boolean): AppOption[] {
  const me = caller(call);
  const field = requireSelectField(call.world, call.params.fieldKey ?? '');
  const id = call.query.get('projectId');
  const project = id === null ? undefined : call.world.get(projects, id);
  if (id !== null && !(project && maySee(call.world, me, project)))
    throw badQuery(`The project with id '${id}' was not found.`);
  return appOptionsOf(call.world, field.id).filter((one) => fits(one, project?.id));
}

const suggestions = (
  id: string,
  what: 'edit' | 'search',
  fits: (option: AppOption, projectId?: string) => boolean,
) =>
  endpoint(
    {
      id,
      route: `GET ${ROOT}/suggestions/${what}`,
      page,
      doc: doc(GROUP, `field-fieldkey-option-suggestions-${what}-get`),
    },
    (call: Call) => list(rangeOf(suggested(call, fits)), view),
  );

export const appFieldOptionEndpoints = [
  suggestions('getSelectableIssueFieldOptions', 'edit', isSelectable),
  suggestions('getVisibleIssueFieldOptions', 'search', isVisible),
  endpoint(
    {
      id: 'getAllIssueFieldOptions',
      route: `GET ${ROOT}`,
      page,
      doc: doc(GROUP, 'field-fieldkey-option-get'),
    },
    (call) => list(rangeOf(appOptionsOf(call.world, owned(call).id)), view),
  ),
  endpoint(
    {
      id: 'createIssueFieldOption',
      route: `POST ${ROOT}`,
      input: body(OPTION),
      doc: doc(GROUP, 'field-fieldkey-option-post'),
    },
    (call) => view(createAppOption(call.world, owned(call), given(call))),
  ),
  endpoint(
    {
      id: 'getIssueFieldOption',
      route: `GET ${ROOT}/{optionId}`,
      doc: doc(GROUP, 'field-fieldkey-option-optionid-get'),
    },
    (call) => view(requireAppOption(call.world, owned(call), idOf(call))),
  ),
  endpoint(
    {
      id: 'updateIssueFieldOption',
      route: `PUT ${ROOT}/{optionId}`,
      input: body({ ...OPTION, id: WHOLE }, { strict: true }),
      doc: doc(GROUP, 'field-fieldkey-option-optionid-put'),
    },
    (call) => view(putAppOption(call.world, owned(call), idOf(call), given(call))),
  ),
  endpoint(
    {
      id: 'deleteIssueFieldOption',
      route: `DELETE ${ROOT}/{optionId}`,
      status: 204,
      doc: doc(GROUP, 'field-fieldkey-option-optionid-delete'),
    },
    (call) => deleteAppOption(call.world, owned(call), idOf(call)),
  ),
  endpoint(
    {
      id: 'replaceIssueFieldOption',
      route: `DELETE ${ROOT}/{optionId}/issue`,
      status: 303,
      doc: doc(GROUP, 'field-fieldkey-option-optionid-issue-delete'),
    },
    (call) => {
      const field = owned(call);
      const wanted = {
        optionId: call.params.optionId,
        replaceWith: call.query.get('replaceWith'),
        jql: call.query.get('jql'),
      };
      return taskStarted(addressOf(call), replaceAppOption(call.world, caller(call), field, wanted));
    },
  ),
];
