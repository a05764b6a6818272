/** Properties of many issues at once: each request leads to the task that does it. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import {
  type PropertyFilter,
  submitProperties,
  submitProperty,
  submitPropertyEnd,
} from '../model/issues/bulkProperties.ts';
import type { Task } from '../world.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';

const GROUP = 'issue-properties';
const IDS = { type: 'array', items: { type: 'integer' }, uniqueItems: true };
const VALUES = { type: 'object', minProperties: 1, maxProperties: 10 };
const FILTER = {
  type: 'object',
  properties: { entityIds: IDS, currentValue: {}, hasProperty: { type: 'boolean' } },
};

/** 303, to where the task is. */
const toTask = (call: Call, task: Task) =>
  reply({ status: 303, headers: [['location', `${addressOf(call).rest}/task/${task.id}`]] });

export const bulkPropertyEndpoints = [
  endpoint(
    {
      id: 'bulkSetIssuesPropertiesList',
      route: 'POST /rest/api/3/issue/properties',
      input: {
        type: 'object',
        properties: { entitiesIds: { ...IDS, minItems: 1, maxItems: 10_000 }, properties: VALUES },
        required: ['entitiesIds', 'properties'],
      },
      doc: doc(GROUP, 'issue-properties-post'),
    },
    (call) => {
      const { entitiesIds, properties } = bodyObject(call) as { entitiesIds: number[]; properties: object };
      const sets = entitiesIds.map((id) => [id, properties as Record<string, unknown>] as const);
      return toTask(call, submitProperties(call.world, caller(call), sets));
    },
  ),
  endpoint(
    {
      id: 'bulkSetIssuePropertiesByIssue',
      route: 'POST /rest/api/3/issue/properties/multi',
      input: {
        type: 'object',
        properties: {
          issues: {
            type: 'array',
            minItems: 1,
            maxItems: 100,
            items: {
              type: 'object',
              properties: { issueID: { type: 'integer' }, properties: VALUES },
              required: ['issueID', 'properties'],
            },
          },
        },
        required: ['issues'],
      },
      doc: doc(GROUP, 'issue-properties-multi-post'),
    },
    (call) => {
      const { issues } = bodyObject(call) as {
        issues: { issueID: number; properties: Record<string, unknown> }[];
      };
      const sets = issues.map(({ issueID, properties }) => [issueID, properties] as const);
      return toTask(call, submitProperties(call.world, caller(call), sets));
    },
  ),
  endpoint(
    {
      id: 'bulkSetIssueProperty',
      route: 'PUT /rest/api/3/issue/properties/{propertyKey}',
      input: { type: 'object', properties: { value: {}, expression: { type: 'string' }, filter: FILTER } },
      doc: doc(GROUP, 'issue-properties-propertykey-put'),
    },
    (call) => {
      const { value, expression, filter = {} } = bodyObject(call);
      if ((value === undefined) === (expression === undefined))
        throw badQuery("Exactly one of 'value' and 'expression' must be specified.");
      const { propertyKey } = call.params;
      const wanted = expression === undefined ? { value } : { expression: String(expression) };
      const task = submitProperty(call.world, caller(call), propertyKey, wanted, filter as PropertyFilter);
      return toTask(call, task);
    },
  ),
  endpoint(
    {
      id: 'bulkDeleteIssueProperty',
      route: 'DELETE /rest/api/3/issue/properties/{propertyKey}',
      input: FILTER,
      doc: doc(GROUP, 'issue-properties-propertykey-delete'),
    },
    (call) => {
      const filter = bodyObject(call) as PropertyFilter;
      return toTask(call, submitPropertyEnd(call.world, caller(call), call.params.propertyKey, filter));
    },
  ),
];
