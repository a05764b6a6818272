/** Choices of custom fields, context by context. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { requireContext } from '../model/fields/contexts.ts';
import { replaceOption } from '../model/fields/optionReplacement.ts';
import {
  createOptions,
  deleteOption,
  moveOptions,
  type OptionInput,
  optionsOf,
  requireChoices,
  updateOptions,
} from '../model/fields/options.ts';
import { type FieldContext, type FieldOption, fieldOptions } from '../world.ts';
import { addressOf, doc, given } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { body, flag, listOf, oneOf, part, text } from './shapes.ts';
import { taskStarted } from './tasks.ts';

const GROUP = 'issue-custom-field-options';
const ADMINS = 'Only Jira administrators can manage custom field options.';
const ROOT = '/rest/api/3/field/{fieldId}/context/{contextId}/option';

/** The context that a path names, for an administrator. */
function contextOf(call: Call): FieldContext {
  administrator(call, ADMINS);
  return requireContext(call.world, call.params.fieldId ?? '', call.params.contextId ?? '');
}

const view = ({ id, value, disabled, optionId }: FieldOption) => ({
  id,
  value,
  ...(optionId === undefined ? {} : { optionId }),
  disabled,
});

const OPTION = { value: text, disabled: flag };

const sent = (call: Call): OptionInput[] => given<{ options?: OptionInput[] }>(call).options ?? [];

export const fieldOptionEndpoints = [
  endpoint(
    {
      id: 'getCustomFieldOption',
      route: 'GET /rest/api/3/customFieldOption/{id}',
      doc: doc(GROUP, 'customfieldoption-id-get'),
    },
    (call) => {
      const { id, value } = call.world.require(fieldOptions, call.params.id, () =>
        missing(`A custom field option with id '${call.params.id}' does not exist`),
      );
      return { self: `${addressOf(call).rest}/customFieldOption/${id}`, value };
    },
  ),
  endpoint(
    {
      id: 'getOptionsForContext',
      route: `GET ${ROOT}`,
      page: { style: 'values', default: 100, max: 100 },
      doc: doc(GROUP, 'field-fieldid-context-contextid-option-get'),
    },
    (call) => {
      const context = contextOf(call);
      requireChoices(call.world, context);
      const id = call.query.get('optionId');
      const only = call.query.get('onlyOptions') === 'true';
      const found = optionsOf(call.world, context.id).filter(
        (one) =>
          (!only || one.optionId === undefined) && (id === null || one.id === id || one.optionId === id),
      );
      return list(rangeOf(found), view);
    },
  ),
  endpoint(
    {
      id: 'createCustomFieldOption',
      route: `POST ${ROOT}`,
      input: body({ options: listOf(part({ ...OPTION, optionId: text })) }, { strict: true }),
      doc: doc(GROUP, 'field-fieldid-context-contextid-option-post'),
    },
    (call) => ({ options: createOptions(call.world, contextOf(call), sent(call)).map(view) }),
  ),
  endpoint(
    {
      id: 'updateCustomFieldOption',
      route: `PUT ${ROOT}`,
      input: body({ options: listOf(part({ ...OPTION, id: text })) }, { strict: true }),
      doc: doc(GROUP, 'field-fieldid-context-contextid-option-put'),
    },
    (call) => ({ options: updateOptions(call.world, contextOf(call), sent(call)).map(view) }),
  ),
  endpoint(
    {
      id: 'reorderCustomFieldOptions',
      route: `PUT ${ROOT}/move`,
      status: 204,
      input: body(
        { customFieldOptionIds: listOf(text), after: text, position: oneOf('First', 'Last') },
        { strict: true },
      ),
      doc: doc(GROUP, 'field-fieldid-context-contextid-option-move-put'),
    },
    (call) => {
      moveOptions(call.world, contextOf(call), given(call));
    },
  ),
  endpoint(
    {
      id: 'deleteCustomFieldOption',
      route: `DELETE ${ROOT}/{optionId}`,
      status: 204,
      doc: doc(GROUP, 'field-fieldid-context-contextid-option-optionid-delete'),
    },
    (call) => {
      deleteOption(call.world, contextOf(call), call.params.optionId);
    },
  ),
  endpoint(
    {
      id: 'replaceCustomFieldOption',
      route: `DELETE ${ROOT}/{optionId}/issue`,
      status: 303,
      doc: doc(GROUP, 'field-fieldid-context-contextid-option-optionid-issue-delete'),
    },
    (call) => {
      const me = administrator(call, ADMINS);
      const { query } = call;
      const wanted = {
        optionId: call.params.optionId,
        replaceWith: query.get('replaceWith'),
        jql: query.get('jql'),
      };
      return taskStarted(addressOf(call), replaceOption(call.world, me, contextOf(call), wanted));
    },
  ),
];
