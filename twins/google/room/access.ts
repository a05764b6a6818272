/** Which programs people let in, and the consent page answered by hand. */
import { type Act, type Asked, listOf, type Place } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { scopeInWords } from '../identity/scopes.ts';
import { oauthClients } from '../identity/world/client.ts';
import { accounts, type Grant, grants } from '../identity/world.ts';

/** The grants of everybody, by e-mail. */
export function accessPlace(world: World, asked: Asked): Place {
  const item = ({ email, scopes, clientId }: Grant) => ({
    title: `${world.get(oauthClients, clientId)?.name ?? clientId} for ${world.get(accounts, email.toLowerCase())?.name.fullName ?? email}`,
    to: `person/${email}`,
    subtitle: scopes.map(scopeInWords).join('; '),
    icon: 'app' as const,
    ...(asked.as?.toLowerCase() === email.toLowerCase()
      ? { acts: [{ label: 'Take access away', gesture: 'revokeAccess', with: { app: clientId } }] }
      : {}),
  });
  return {
    title: 'Apps with access',
    subtitle: 'Whom people let in by the consent page, which is at the address that an app sends them to',
    blocks: [
      { kind: 'acts', acts: [answer('Allow', true), answer('Deny', false), DEVICE] },
      listOf(world.list(grants), asked, item, { empty: 'Nobody has let an app in yet' }),
    ],
  };
}

const answer = (label: string, allow: boolean): Act => ({
  label: `${label} what an app asks`,
  gesture: 'consent',
  with: { allow },
  fields: [{ path: ['url'], label: 'The address that the app sent the person to', type: 'text' }],
});

const DEVICE: Act = {
  label: 'Connect a device',
  gesture: 'connectDevice',
  with: {},
  fields: [{ path: ['code'], label: 'The code that the device shows', type: 'text' }],
};
