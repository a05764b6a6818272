/** Components of projects. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import {
  type ComponentInput,
  componentsOf,
  createComponent,
  deleteComponent,
  issuesWithComponent,
  projectOfInput,
  requireComponent,
  updateComponent,
} from '../model/projects/components.ts';
import type { Component } from '../world.ts';
import { addressOf, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { administers, projectAt, projectIn, projectSeen } from './projectAt.ts';
import { componentInFull } from './schemeViews.ts';
import { body, oneOf, rowId, text } from './shapes.ts';

type Json = Record<string, unknown>;

const input = body({
  name: text,
  description: text,
  project: { type: ['string', 'integer', 'null'] },
  projectId: rowId,
  leadAccountId: text,
  assigneeType: oneOf('PROJECT_DEFAULT', 'COMPONENT_LEAD', 'PROJECT_LEAD', 'UNASSIGNED'),
});

/** A component that the caller may see. */
function componentIn(call: Call): Component {
  const component = requireComponent(call.world, call.params.id as string);
  projectSeen(call, component.projectId, `The component with id ${component.id} does not exist.`);
  return component;
}

const whole = (call: Call, component: Component): Json => componentInFull(addressOf(call), component);

const counted = (call: Call, component: Component): Json => ({
  ...whole(call, component),
  issueCount: issuesWithComponent(call.world, component.id).count(),
});

const matching = (rows: readonly Component[], query: string | null): Component[] => {
  const wanted = query?.toLowerCase() ?? '';
  return rows.filter((one) => `${one.name}\n${one.description ?? ''}`.toLowerCase().includes(wanted));
};

export const componentEndpoints = [
  endpoint(
    {
      id: 'findComponentsForProjects',
      route: 'GET /rest/api/3/component',
      page: { style: 'values', default: 50, max: 1000 },
      doc: doc('project-components', 'component-get'),
    },
    (call) => {
      const wanted = listParameter(call.query, 'projectIdsOrKeys');
      const all = wanted.flatMap((one) => componentsOf(call.world, projectAt(call, one)).toArray());
      const found = matching(all, call.query.get('query'));
      const at = addressOf(call);
      return list(
        rangeOf(orderedBy(found, call.query.get('orderBy'), ORDERS)),
        ({ id, name, description }) => ({
          self: `${at.rest}/component/${id}`,
          id,
          name,
          ...(description === undefined ? {} : { description }),
        }),
      );
    },
  ),
  endpoint(
    {
      id: 'getProjectComponentsPaginated',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/component',
      page: { style: 'values', default: 50, max: 1000 },
      doc: doc('project-components', 'project-projectidorkey-component-get'),
    },
    (call) => {
      const found = matching(componentsOf(call.world, projectIn(call)).toArray(), call.query.get('query'));
      const counts = (one: Component) => issuesWithComponent(call.world, one.id).count();
      const orders = {
        ...ORDERS,
        issueCount: counts,
        lead: (one: Component) => one.lead?.accountId ?? '',
      };
      return list(rangeOf(orderedBy(found, call.query.get('orderBy'), orders)), (one) => counted(call, one));
    },
  ),
  endpoint(
    {
      id: 'getProjectComponents',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/components',
      doc: doc('project-components', 'project-projectidorkey-components-get'),
    },
    (call) =>
      componentsOf(call.world, projectIn(call))
        .toArray()
        .map((one) => whole(call, one)),
  ),
  endpoint(
    {
      id: 'createComponent',
      route: 'POST /rest/api/3/component',
      status: 201,
      input,
      doc: doc('project-components', 'component-post'),
    },
    (call) => {
      const sent = call.input as ComponentInput;
      administers(call, projectOfInput(call.world, sent));
      return whole(call, createComponent(call.world, caller(call), sent));
    },
  ),
  endpoint(
    {
      id: 'getComponent',
      route: 'GET /rest/api/3/component/{id}',
      doc: doc('project-components', 'component-id-get'),
    },
    (call) => whole(call, componentIn(call)),
  ),
  endpoint(
    {
      id: 'updateComponent',
      route: 'PUT /rest/api/3/component/{id}',
      input,
      doc: doc('project-components', 'component-id-put'),
    },
    (call) => {
      const { id, projectId } = componentIn(call);
      administers(call, projectAt(call, projectId));
      return whole(call, updateComponent(call.world, caller(call), id, call.input as ComponentInput));
    },
  ),
  endpoint(
    {
      id: 'deleteComponent',
      route: 'DELETE /rest/api/3/component/{id}',
      status: 204,
      doc: doc('project-components', 'component-id-delete'),
    },
    (call) => {
      const { id, projectId } = componentIn(call);
      administers(call, projectAt(call, projectId));
      deleteComponent(call.world, caller(call), id, call.query.get('moveIssuesTo'));
    },
  ),
  endpoint(
    {
      id: 'getComponentRelatedIssues',
      route: 'GET /rest/api/3/component/{id}/relatedIssueCounts',
      doc: doc('project-components', 'component-id-relatedissuecounts-get'),
    },
    (call) => {
      const { id } = componentIn(call);
      return {
        self: `${addressOf(call).rest}/component/${id}`,
        issueCount: issuesWithComponent(call.world, id).count(),
      };
    },
  ),
];

const ORDERS: Readonly<Record<string, (one: Component) => string | number>> = {
  description: (one) => one.description?.toLowerCase() ?? '',
  name: (one) => one.name.toLowerCase(),
};
