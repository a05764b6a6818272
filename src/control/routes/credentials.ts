/** Credentials of any person or app: mint, list, revoke. */
import { durationMs } from '../../duration.ts';
import { ApiError } from '../../error.ts';
import { didYouMean } from '../../suggest.ts';
import type { CredentialInfo, Twin } from '../../twin.ts';
import type { Universe } from '../../universe.ts';
import { invalid, missing, vendorRefusal } from '../problem.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'credentials';
const all = '/v1/universes/{universe}/credentials';

/** Body of `mintCredential`. */
export interface MintCredential {
  twin: string;
  kind: string;
  as?: string;
  app?: string;
  scopes?: string[];
  expiresIn?: string | number;
}

const scopes = { type: 'array', items: schema.label, maxItems: 500 };
const info = {
  id: { type: 'string' },
  twin: schema.label,
  kind: schema.label,
  as: { type: 'string' },
  app: { type: 'string' },
  scopes,
  expiresAt: schema.instant,
};
const required = ['id', 'twin', 'kind'];

/** The calls of this group. */
export const credentialRoutes: readonly Route[] = [
  route<MintCredential>(
    {
      id: 'mintCredential',
      method: 'POST',
      path: all,
      summary: 'Make a credential for a person or an app, as the vendor shapes it',
      group,
      body: object(
        {
          twin: schema.label,
          kind: schema.label,
          as: { ...schema.label, description: 'a person’s e-mail' },
          app: schema.label,
          scopes,
          expiresIn: schema.duration,
        },
        ['twin', 'kind'],
      ),
      responses: {
        201: {
          description: 'the credential; its secret is shown here only',
          schema: {
            ...object({ ...info, secret: { type: 'object' } }, [...required, 'secret']),
            additionalProperties: true,
          },
        },
      },
    },
    ({ universe, body }) => mint(universe, body),
  ),
  route<unknown, { twin?: string }>(
    {
      id: 'listCredentials',
      method: 'GET',
      path: all,
      summary: 'Credentials that are good, without their secrets',
      group,
      query: { twin: schema.label },
      responses: {
        200: {
          description: 'credentials',
          schema: schema.listOf('credentials', { ...object(info, required), additionalProperties: true }),
        },
      },
    },
    ({ universe, query }) => ({
      credentials: twinsFor(universe, query.twin).flatMap(listed(universe)),
    }),
  ),
  route<unknown, { twin?: string }>(
    {
      id: 'revokeCredential',
      method: 'DELETE',
      path: `${all}/{credential}`,
      summary: 'Revoke a credential: from now on it gets what the vendor answers',
      group,
      query: { twin: schema.label },
      responses: { 204: { description: 'it is revoked' } },
    },
    ({ universe, params, query }) => {
      const id = params.credential as string;
      const owner = twinsFor(universe, query.twin).find((twin) =>
        universe.work(twin.name, (world) => twin.credentials.revoke(world, id)),
      );
      if (!owner) throw missing(`${universe.id} has no credential ${id}`);
      universe.note('note', owner.name, { revoked: id, by: 'operator' });
    },
  ),
];

function mint(universe: Universe, body: MintCredential): unknown {
  const [twin] = twinsFor(universe, body.twin) as [Twin];
  const { kinds } = twin.credentials;
  const { kind, as, app, scopes, expiresIn } = body;
  if (kinds.length > 0 && !kinds.includes(kind))
    throw invalid([
      { pointer: '/kind', detail: `must be one of ${kinds.join(', ')}${didYouMean(kind, kinds)}` },
    ]);
  const request = {
    kind,
    ...(as === undefined ? {} : { as }),
    ...(app === undefined ? {} : { app }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresIn === undefined ? {} : { expiresInMs: durationMs(expiresIn) }),
  };
  try {
    const made = universe.work(twin.name, (world) => twin.credentials.mint(world, request));
    universe.note('note', twin.name, { minted: { id: made.id, kind }, by: 'operator' });
    return made;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.name === 'unknown-person') throw invalid([{ pointer: '/as', detail: error.message }]);
    throw vendorRefusal(twin.name, error);
  }
}

const listed =
  (universe: Universe) =>
  (twin: Twin): CredentialInfo[] =>
    twin.credentials.list(universe.view(twin.name, universe.publicBase(twin.name)));

function twinsFor(universe: Universe, name: string | undefined): readonly Twin[] {
  if (name === undefined) return universe.twins;
  const found = universe.twins.filter((twin) => twin.name === name);
  const names = universe.twins.map((twin) => twin.name);
  if (found.length === 0)
    throw invalid([
      { pointer: '/twin', detail: `must be one of ${names.join(', ')}${didYouMean(name, names)}` },
    ]);
  return found;
}
