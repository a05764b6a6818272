/** Tabs of screens, and the fields on them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { associateByScreen } from '../model/fields/associations.ts';
import { fieldById } from '../model/fields/fields.ts';
import { isScreenOf, requireScreen } from '../model/fields/screens.ts';
import {
  addField,
  addTab,
  deleteTab,
  moveField,
  moveTab,
  removeField,
  renameTab,
  requireTab,
  tabsOf,
} from '../model/fields/screenTabs.ts';
import { may } from '../model/permissions/may.ts';
import { projectNamed } from '../model/projects/projects.ts';
import { type Screen, type ScreenTab, screenTabs } from '../world.ts';
import { caller, doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { SCREEN_ADMINS } from './screens.ts';
import { body, oneOf, text } from './shapes.ts';

const TABS = '/rest/api/3/screens/{screenId}/tabs';
const FIELDS = `${TABS}/{tabId}/fields`;

const view = ({ id, name }: ScreenTab) => ({ id, name });

/** The screen that a path names, for an administrator. */
function screenOf(call: Call): Screen {
  administrator(call, SCREEN_ADMINS);
  return requireScreen(call.world, call.params.screenId ?? '');
}

const tabOf = (call: Call): ScreenTab => requireTab(call.world, screenOf(call), call.params.tabId ?? '');

/** The same for who looks only: administrators of a project (`projectKey`) may look at its screens. */
function seen(call: Call): Screen {
  const me = caller(call);
  const key = call.query.get('projectKey');
  const project = key === null ? undefined : projectNamed(call.world, key);
  if (!project || !may(call.world, me, 'ADMINISTER_PROJECTS', project)) return screenOf(call);
  const screen = requireScreen(call.world, call.params.screenId ?? '');
  return isScreenOf(call.world, project, screen) ? screen : screenOf(call);
}

const NAME = body({ id: { type: 'integer' }, name: text }, { strict: true });

const nameOf = (call: Call): string => given<{ name?: string }>(call).name ?? '';

export const screenTabEndpoints = [
  endpoint(
    {
      id: 'getBulkScreenTabs',
      route: 'GET /rest/api/3/screens/tabs',
      page: { style: 'values', default: 100, max: 100 },
      doc: doc('screen-tabs', 'screens-tabs-get'),
    },
    (call) => {
      administrator(call, SCREEN_ADMINS);
      return list(rangeOf(tabsNamed(call)), ({ screenId, id, name }) => ({
        screenId,
        tabId: id,
        tabName: name,
      }));
    },
  ),
  endpoint(
    { id: 'getAllScreenTabs', route: `GET ${TABS}`, doc: doc('screen-tabs', 'screens-screenid-tabs-get') },
    (call) => tabsOf(call.world, seen(call).id).map(view),
  ),
  endpoint(
    {
      id: 'addScreenTab',
      route: `POST ${TABS}`,
      input: NAME,
      doc: doc('screen-tabs', 'screens-screenid-tabs-post'),
    },
    (call) => view(addTab(call.world, screenOf(call), nameOf(call))),
  ),
  endpoint(
    {
      id: 'renameScreenTab',
      route: `PUT ${TABS}/{tabId}`,
      input: NAME,
      doc: doc('screen-tabs', 'screens-screenid-tabs-tabid-put'),
    },
    (call) => view(renameTab(call.world, tabOf(call), nameOf(call))),
  ),
  endpoint(
    {
      id: 'deleteScreenTab',
      route: `DELETE ${TABS}/{tabId}`,
      status: 204,
      doc: doc('screen-tabs', 'screens-screenid-tabs-tabid-delete'),
    },
    (call) => deleteTab(call.world, tabOf(call)),
  ),
  endpoint(
    {
      id: 'moveScreenTab',
      route: `POST ${TABS}/{tabId}/move/{pos}`,
      status: 204,
      doc: doc('screen-tabs', 'screens-screenid-tabs-tabid-move-pos-post'),
    },
    (call) => moveTab(call.world, tabOf(call), /^\d+$/.test(call.params.pos) ? Number(call.params.pos) : -1),
  ),
  endpoint(
    {
      id: 'getAllScreenTabFields',
      route: `GET ${FIELDS}`,
      doc: doc('screen-tab-fields', 'screens-screenid-tabs-tabid-fields-get'),
    },
    (call) =>
      requireTab(call.world, seen(call), call.params.tabId)
        .fields.flatMap((id) => fieldById(call.world, id) ?? [])
        .map(({ id, name }) => ({ id, name })),
  ),
  endpoint(
    {
      id: 'addScreenTabField',
      route: `POST ${FIELDS}`,
      input: body({ fieldId: text }, { strict: true }),
      doc: doc('screen-tab-fields', 'screens-screenid-tabs-tabid-fields-post'),
    },
    (call) => {
      const { fieldId } = given<{ fieldId?: string }>(call);
      if (fieldId === undefined) throw refused('badRequest', 'The fieldId is required.');
      const { id, name } = addField(call.world, tabOf(call), fieldId);
      if (call.query.get('skipFieldAssociation') !== 'true')
        associateByScreen(call.world, screenOf(call), fieldId);
      return { id, name };
    },
  ),
  endpoint(
    {
      id: 'removeScreenTabField',
      route: `DELETE ${FIELDS}/{id}`,
      status: 204,
      doc: doc('screen-tab-fields', 'screens-screenid-tabs-tabid-fields-id-delete'),
    },
    (call) => removeField(call.world, tabOf(call), call.params.id),
  ),
  endpoint(
    {
      id: 'moveScreenTabField',
      route: `POST ${FIELDS}/{id}/move`,
      status: 204,
      input: body({ after: text, position: oneOf('Earlier', 'Later', 'First', 'Last') }, { strict: true }),
      doc: doc('screen-tab-fields', 'screens-screenid-tabs-tabid-fields-id-move-post'),
    },
    (call) => moveField(call.world, tabOf(call), call.params.id, given(call)),
  ),
];

/** The tabs that a search names by screen or by tab; all where it names none. */
function tabsNamed({ world, query }: Call): ScreenTab[] {
  const screens = listParameter(query, 'screenId');
  const tabs = listParameter(query, 'tabId');
  return world
    .list(screenTabs, {
      where: ({ id, screenId }) =>
        (screens.length === 0 || screens.includes(String(screenId))) &&
        (tabs.length === 0 || tabs.includes(String(id))),
      orderBy: [{ by: (row) => row.screenId }, { by: (row) => row.position }],
    })
    .toArray();
}
