/**
 * Google's descriptions of its own APIs, from which some clients are built (Python's googleapiclient), and the list
 * of them. Their addresses are those by which the client came. https://developers.google.com/discovery/v1/reference
 */
import { type Call, type Endpoint, endpoint } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { addressOf } from './address.ts';
import { googleError } from './errors.ts';
import { APIS, type Description, descriptionOf } from './wire/description.ts';

const DOC = 'https://developers.google.com/discovery/v1/reference/apis';

/** The endpoints; they ask for no credential, as Google's do not. */
export const discoveryEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'discovery.apis.getRest',
      route: 'GET /discovery/v1/apis/{api}/{version}/rest',
      auth: 'none',
      doc: `${DOC}/getRest`,
    },
    ({ world, params }) => described(world, `${params.api}/${params.version}`),
  ),
  endpoint({ id: 'discovery.apis.getRest', route: 'GET /$discovery/rest', auth: 'none', doc: DOC }, (call) =>
    described(call.world, ofHost(call), notThere(call)),
  ),
  endpoint(
    { id: 'discovery.apis.list', route: 'GET /discovery/v1/apis', auth: 'none', doc: `${DOC}/list` },
    (call) => directory(call),
  ),
];

/** A description whose addresses hold for this client. Throws `notFound` for an API that the twin does not know. */
function described(world: World, api: string, missing = 'Not Found'): Description {
  const description = descriptionOf(api);
  if (!description) throw googleError('notFound', { message: missing });
  const rootUrl = rootOf(world, description);
  // An address for clients with certificates of their own, at a host that no twin answers.
  const { mtlsRootUrl: _, ...rest } = description;
  return {
    ...rest,
    rootUrl,
    baseUrl: rootUrl + description.servicePath,
    ...('basePath' in rest ? { basePath: new URL(rootUrl + description.servicePath).pathname } : {}),
  };
}

const rootOf = (world: World, { rootUrl }: Description): string =>
  `${addressOf(world, new URL(rootUrl).hostname)}/`;

/** Where an API has a host of its own, that and the version say which. */
function ofHost({ request, query }: Call): string {
  const version = query.get('version');
  const known = Object.keys(APIS).find(
    (api) => APIS[api] === request.host && (version === null || api.endsWith(`/${version}`)),
  );
  return known ?? '';
}

const notThere = ({ request, query }: Call): string =>
  `Discovery document not found for API service: ${request.host ?? ''} format: rest version: ${query.get('version') ?? ''}`;

function directory({ world, query }: Call): Record<string, unknown> {
  const named = query.get('name');
  const items = Object.keys(APIS).flatMap((api) => {
    const description = descriptionOf(api);
    if (!description || (named !== null && description.name !== named)) return [];
    const { id, name, version, title } = description;
    const discoveryRestUrl = `${addressOf(world, 'www.googleapis.com')}/discovery/v1/apis/${name}/${version}/rest`;
    const discoveryLink = `./apis/${name}/${version}/rest`;
    const known = { id, name, version, title, discoveryRestUrl, discoveryLink };
    return [{ kind: 'discovery#directoryItem', ...known, preferred: true }];
  });
  return { kind: 'discovery#directoryList', discoveryVersion: 'v1', items };
}
