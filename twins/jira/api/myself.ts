/** Oneself: who one is, one's preferences and language. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { LOCALE } from '../model/defaults.ts';
import {
  removePreference,
  requirePreference,
  setLocale,
  setPreference,
} from '../model/people/preferences.ts';
import { addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { fullPerson } from './peopleView.ts';

const keyOf = ({ query }: Call): string | null => query.get('key');

/** A preference comes as JSON, or as plain text. */
const sentValue = ({ body }: Call): unknown =>
  body.kind === 'raw' ? Buffer.from(body.bytes).toString('utf8') : body.value;

export const myselfEndpoints = [
  endpoint(
    { id: 'getCurrentUser', route: 'GET /rest/api/3/myself', doc: doc('myself', 'myself-get') },
    (call) => fullPerson(addressOf(call), caller(call), listParameter(call.query, 'expand')),
  ),
  endpoint(
    { id: 'getPreference', route: 'GET /rest/api/3/mypreferences', doc: doc('myself', 'mypreferences-get') },
    (call) => requirePreference(call.world, caller(call), keyOf(call)),
  ),
  endpoint(
    {
      id: 'setPreference',
      route: 'PUT /rest/api/3/mypreferences',
      status: 204,
      traits: { upload: true },
      doc: doc('myself', 'mypreferences-put'),
    },
    (call) => {
      if (call.body.kind === 'malformed') throw refused('badJson');
      setPreference(call.world, caller(call), keyOf(call), sentValue(call));
    },
  ),
  endpoint(
    {
      id: 'removePreference',
      route: 'DELETE /rest/api/3/mypreferences',
      status: 204,
      doc: doc('myself', 'mypreferences-delete'),
    },
    (call) => removePreference(call.world, caller(call), keyOf(call)),
  ),
  endpoint(
    {
      id: 'getLocale',
      route: 'GET /rest/api/3/mypreferences/locale',
      doc: doc('myself', 'mypreferences-locale-get'),
    },
    (call) => ({ locale: addressOf(call).me?.locale ?? LOCALE }),
  ),
  endpoint(
    {
      id: 'setLocale',
      route: 'PUT /rest/api/3/mypreferences/locale',
      status: 204,
      doc: doc('myself', 'mypreferences-locale-put'),
    },
    (call) => setLocale(call.world, caller(call), bodyObject(call).locale),
  ),
];
