/** Screens. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { missing, refused } from '../errors.ts';
import { createScreen, deleteScreen, requireScreen, updateScreen } from '../model/fields/screens.ts';
import { addField, availableFields, fieldIdsOf, tabsOf } from '../model/fields/screenTabs.ts';
import { screensWith } from '../model/fields/search.ts';
import { DEFAULT_SCREEN } from '../model/fields/siteScreens.ts';
import { type Screen, screens } from '../world.ts';
import { doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { body, text } from './shapes.ts';

const GROUP = 'screens';
export const SCREEN_ADMINS = 'Only Jira administrators can manage screens.';

/** The screen that a path names, for an administrator. */
const named = (call: Call): Screen => {
  administrator(call, SCREEN_ADMINS);
  return requireScreen(call.world, call.params.screenId ?? '');
};

const view = ({ id, name, description }: Screen) => ({ id, name, description });

const page = { style: 'values', default: 100, max: 100 };
const TEXTS = body({ name: text, description: text }, { strict: true });

/** Here every screen that can be listed is the whole site's. */
const SCOPES = ['GLOBAL', 'TEMPLATE', 'PROJECT'];

export const screenEndpoints = [
  endpoint(
    { id: 'getScreens', route: 'GET /rest/api/3/screens', page, doc: doc(GROUP, 'screens-get') },
    (call) => {
      administrator(call, SCREEN_ADMINS);
      return list(rangeOf(found(call)), view);
    },
  ),
  endpoint(
    {
      id: 'createScreen',
      route: 'POST /rest/api/3/screens',
      status: 201,
      input: TEXTS,
      doc: doc(GROUP, 'screens-post'),
    },
    (call) => {
      administrator(call, SCREEN_ADMINS);
      return view(createScreen(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'updateScreen',
      route: 'PUT /rest/api/3/screens/{screenId}',
      input: TEXTS,
      doc: doc(GROUP, 'screens-screenid-put'),
    },
    (call) => view(updateScreen(call.world, named(call), given(call))),
  ),
  endpoint(
    {
      id: 'deleteScreen',
      route: 'DELETE /rest/api/3/screens/{screenId}',
      status: 204,
      doc: doc(GROUP, 'screens-screenid-delete'),
    },
    (call) => deleteScreen(call.world, named(call)),
  ),
  endpoint(
    {
      id: 'addFieldToDefaultScreen',
      route: 'POST /rest/api/3/screens/addToDefault/{fieldId}',
      doc: doc(GROUP, 'screens-addtodefault-fieldid-post'),
    },
    (call) => {
      administrator(call, SCREEN_ADMINS);
      const [tab] = tabsOf(call.world, DEFAULT_SCREEN);
      if (!tab || fieldIdsOf(call.world, DEFAULT_SCREEN).includes(call.params.fieldId))
        throw missing(`The field with id '${call.params.fieldId}' is already on the default screen.`);
      addField(call.world, tab, call.params.fieldId);
      return {};
    },
  ),
  endpoint(
    {
      id: 'getAvailableScreenFields',
      route: 'GET /rest/api/3/screens/{screenId}/availableFields',
      doc: doc(GROUP, 'screens-screenid-availablefields-get'),
    },
    (call) => availableFields(call.world, named(call)).map(({ id, name }) => ({ id, name })),
  ),
  endpoint(
    {
      id: 'getScreensForField',
      route: 'GET /rest/api/3/field/{fieldId}/screens',
      page,
      doc: doc(GROUP, 'field-fieldid-screens-get'),
    },
    (call) => {
      administrator(call, SCREEN_ADMINS);
      const expand = listParameter(call.query, 'expand');
      return list(rangeOf(screensWith(call.world, call.params.fieldId)), ({ screen, tab }) => ({
        ...view(screen),
        ...(expand.includes('tab') ? { tab: { id: tab.id, name: tab.name } } : {}),
      }));
    },
  ),
];

/** The screens that a search asks for. */
function found({ world, query }: Call): Screen[] {
  const ids = listParameter(query, 'id');
  const part = (query.get('queryString') ?? '').toLowerCase();
  const scopes = listParameter(query, 'scope');
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
  if (unknown !== undefined) throw refused('badRequest', `The scope '${unknown}' is not valid.`);
  const rows = world.list(screens, {
    where: ({ id, name }) =>
      (ids.length === 0 || ids.includes(String(id))) &&
      name.toLowerCase().includes(part) &&
      (scopes.length === 0 || scopes.includes('GLOBAL')),
  });
  return orderedBy(rows.toArray(), query.get('orderBy'), {
    id: (row) => row.id,
    name: (row) => row.name.toLowerCase(),
  });
}
