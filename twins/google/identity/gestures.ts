/** What a person does about the programs that want in: on the consent page, on the device page, in their account. */
import { ApiError } from '../../../src/error.ts';
import type { Gesture } from '../../../src/twin.ts';
import { gesture, shape } from '../gesture.ts';
import { readAuthorization } from './model/authorization.ts';
import { addressBack, allow, deny, type LedBack } from './model/consent.ts';
import { answerDevice, deviceNamed } from './model/device.ts';
import { personNamed } from './model/person.ts';
import { revokeGrant } from './model/token.ts';
import { longScope } from './scopes.ts';
import { clientsOf, projectOf } from './world.ts';

const text = { type: 'string', minLength: 1, maxLength: 8_000 } as const;
const scopes = { type: 'array', items: { ...text, maxLength: 1_000 }, maxItems: 100 } as const;
const allowing = { allow: { type: 'boolean' }, scopes };

export const identityGestures: Readonly<Record<string, Gesture>> = {
  consent: gesture<{ url: string; allow?: boolean; scopes?: string[] }>(
    'Answers the consent page at the address to which an app sent the person; gives where the browser is led to.',
    shape({ url: text, ...allowing }, ['url']),
    (world, as, { url, allow: allowed = true, scopes: left }) => {
      const asked = readAuthorization(world, new URLSearchParams(url.replace(/^[^?]*/, '')));
      if (!allowed) return ledTo(deny(asked));
      return ledTo(allow(world, asked, { email: as, scopes: left?.map(longScope) ?? asked.scopes }));
    },
  ),
  connectDevice: gesture<{ code: string; allow?: boolean; scopes?: string[] }>(
    'Types the code that a device shows into the device page, and lets the device in or not.',
    shape({ code: text, ...allowing }, ['code']),
    (world, as, { code, allow: allowed = true, scopes: left }) => {
      const row = deviceNamed(world, code);
      const given = allowed ? (left?.map(longScope) ?? row.scopes) : [];
      return { answer: answerDevice(world, row, { email: as, scopes: given }) };
    },
  ),
  revokeAccess: gesture<{ app?: string }>(
    "Takes an app's access away in the account's settings (its name or client id; the world's own unless said).",
    shape({ app: text }, []),
    (world, as, { app }) => {
      const [clients, asked] = [clientsOf(world), app ?? projectOf(world).clientId];
      const client = clients.find((one) => one.name === asked || one.clientId === asked);
      if (!client)
        throw refused(`there is no app ${app}; there are ${clients.map(({ name }) => name).join(', ')}`);
      const { primaryEmail: email } = personNamed(world, as);
      if (!revokeGrant(world, { clientId: client.clientId, email }))
        throw refused(`${email} has not let ${client.name} in`);
    },
  ),
};

const ledTo = (back: LedBack) =>
  back.mode === 'form_post'
    ? { location: back.to, form: Object.fromEntries(back.params) }
    : { location: addressBack(back) };

const refused = (message: string) => new ApiError({ name: 'no-such-app', status: 422, message });
