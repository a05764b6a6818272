/** The programs that a person has let into their Drive: OAuth clients with a grant for it. */
import type { World } from '../../../../src/world/world.ts';
import { shortScope } from '../../identity/scopes.ts';
import { oauthClients } from '../../identity/world/client.ts';
import { accessTokens, grants } from '../../identity/world.ts';
import type { Viewer } from './access.ts';

export interface App {
  /** The number of its project, with which its client's id begins. */
  id: string;
  name: string;
  /** It reaches all of the person's files. */
  wide: boolean;
}

/** By name. */
export const appsOf = (world: World, viewer: Viewer): App[] =>
  world
    .list(oauthClients)
    .toArray()
    .flatMap(({ clientId, name }) => {
      const scopes = grantedTo(world, viewer.email, clientId);
      const drive = scopes.filter((scope) => scope.split('.')[0] === 'drive');
      if (drive.length === 0 && clientId !== viewer.app) return [];
      return [
        {
          id: idOf(clientId),
          name,
          wide: drive.some((scope) => scope === 'drive' || scope === 'drive.readonly'),
        },
      ];
    })
    .filter((app, at, all) => all.findIndex(({ id }) => id === app.id) === at)
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** By its number, or the id of its client. */
export const appNamed = (world: World, viewer: Viewer, id: string): App | undefined =>
  appsOf(world, viewer).find((app) => app.id === idOf(id));

const idOf = (clientId: string): string => clientId.split('-')[0] ?? clientId;

/** Short names of what a person has let a program do. */
function grantedTo(world: World, email: string, clientId: string): string[] {
  const key = `${email.toLowerCase()} ${clientId}`;
  const given = world.get(grants, key)?.scopes ?? [];
  const tokens = world.list(accessTokens, { index: 'grant', equals: key }).toArray();
  return [...new Set([...given, ...tokens.flatMap((one) => one.scopes)].map(shortScope))];
}
