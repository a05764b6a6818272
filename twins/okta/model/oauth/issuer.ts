/** Who issues tokens: the org itself, or one of its authorization servers. */
import type { World } from '../../../../src/world/world.ts';
import { notFound } from '../../errors.ts';
import { org } from '../../world.ts';
import { type AuthServer, findServer } from '../authServers/authServer.ts';

export interface Issuer {
  /** `org`, or the server's id. */
  key: string;
  server: AuthServer | undefined;
  /** What tokens have for `iss`. */
  url: string;
  /** Where its endpoints begin, as `https://…/oauth2/default`. */
  at: string;
}

/** The issuer that an address names; the org where it names none. Throws E0000007, also for a server that is off. */
export function findIssuer(world: World, id: string | undefined): Issuer {
  const base = world.base();
  const issuing = org(world).issuer ?? base;
  if (id === undefined || id === 'org')
    return { key: 'org', server: undefined, url: issuing, at: `${base}/oauth2` };
  const server = findServer(world, id);
  if (server.status !== 'ACTIVE') throw notFound(id, 'AuthorizationServer');
  const path = `/oauth2/${server.default ? 'default' : server.id}`;
  return { key: server.id, server, url: issuing + path, at: base + path };
}
