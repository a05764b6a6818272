/** Values that apps write into fields of their own. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { type AppValue, setAppValues } from '../model/fields/appValues.ts';
import { bodyObject, caller, doc } from './address.ts';
import { body, text } from './shapes.ts';

const GROUP = 'issue-custom-field-values--apps-';

/** One value for some issues; the value itself may be anything, `null` too. */
const updates = (properties: object, ...required: string[]) =>
  body(
    {
      updates: {
        type: 'array',
        items: {
          type: 'object',
          properties: { ...properties, issueIds: { type: 'array', items: { type: 'integer' } } },
          required: ['issueIds', 'value', ...required],
        },
      },
    },
    { strict: true },
  );

function write(call: Call, values: readonly AppValue[]): void {
  const changelog = call.query.get('generateChangelog') !== 'false';
  setAppValues(call.world, caller(call), call.actor?.app, values, changelog);
}

const sent = (call: Call): AppValue[] => (bodyObject(call).updates ?? []) as AppValue[];

export const appFieldValueEndpoints = [
  endpoint(
    {
      id: 'updateMultipleCustomFieldValues',
      route: 'POST /rest/api/3/app/field/value',
      status: 204,
      input: updates({ customField: text }, 'customField'),
      doc: doc(GROUP, 'app-field-value-post'),
    },
    (call) => write(call, sent(call)),
  ),
  endpoint(
    {
      id: 'updateCustomFieldValue',
      route: 'PUT /rest/api/3/app/field/{fieldIdOrKey}/value',
      status: 204,
      input: updates({}),
      doc: doc(GROUP, 'app-field-fieldidorkey-value-put'),
    },
    (call) =>
      write(
        call,
        sent(call).map((one) => ({ ...one, customField: call.params.fieldIdOrKey })),
      ),
  ),
];
