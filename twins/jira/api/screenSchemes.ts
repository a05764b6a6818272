/** Screen schemes. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import {
  createScreenScheme,
  deleteScreenScheme,
  requireScreenScheme,
  updateScreenScheme,
} from '../model/fields/screenSchemes.ts';
import { issueTypeScreenSchemes, type ScreenScheme, screenSchemes } from '../world.ts';
import { doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { typeSchemeView } from './issueTypeScreenSchemes.ts';
import { rangeOf } from './meta.ts';
import { embedded, schemeRows } from './schemeRows.ts';
import { body, part, rowId, text } from './shapes.ts';

const SCHEMES = '/rest/api/3/screenscheme';

const ofScreens = (call: Call) => administrator(call, 'Only Jira administrators can access screen schemes.');

const screenScheme = (call: Call): ScreenScheme => {
  ofScreens(call);
  return requireScreenScheme(call.world, call.params.screenSchemeId ?? '');
};
const page = { style: 'values', default: 100, max: 100 };

const SCREENS = part({ default: rowId, create: rowId, edit: rowId, view: rowId });
const SCHEME = body({ name: text, description: text, screens: SCREENS }, { strict: true });

export const screenSchemeEndpoints = [
  endpoint(
    { id: 'getScreenSchemes', route: `GET ${SCHEMES}`, page, doc: doc('screen-schemes', 'screenscheme-get') },
    (call) => {
      ofScreens(call);
      const users = listParameter(call.query, 'expand').includes('issueTypeScreenSchemes');
      return list(rangeOf(schemeRows(call, screenSchemes)), ({ id, name, description, screens }) => ({
        id,
        name,
        description,
        screens,
        ...(users ? { issueTypeScreenSchemes: embedded(usersOf(call, id)) } : {}),
      }));
    },
  ),
  endpoint(
    {
      id: 'createScreenScheme',
      route: `POST ${SCHEMES}`,
      status: 201,
      input: SCHEME,
      doc: doc('screen-schemes', 'screenscheme-post'),
    },
    (call) => {
      ofScreens(call);
      return { id: createScreenScheme(call.world, given(call)).id };
    },
  ),
  endpoint(
    {
      id: 'updateScreenScheme',
      route: `PUT ${SCHEMES}/{screenSchemeId}`,
      status: 204,
      input: SCHEME,
      doc: doc('screen-schemes', 'screenscheme-screenschemeid-put'),
    },
    (call) => updateScreenScheme(call.world, screenScheme(call), given(call)),
  ),
  endpoint(
    {
      id: 'deleteScreenScheme',
      route: `DELETE ${SCHEMES}/{screenSchemeId}`,
      status: 204,
      doc: doc('screen-schemes', 'screenscheme-screenschemeid-delete'),
    },
    (call) => deleteScreenScheme(call.world, screenScheme(call)),
  ),
];

const usersOf = ({ world }: Call, id: number) =>
  world
    .list(issueTypeScreenSchemes, { index: 'screenScheme', equals: String(id) })
    .toArray()
    .map(typeSchemeView);
