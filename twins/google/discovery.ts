/**
 * Google's descriptions of its own APIs, from which some clients are built (Python's googleapiclient), and the list
 * of them. Their addresses are those by which the client came. https://developers.google.com/discovery/v1/reference
 */
import { readFileSync } from 'node:fs';
import { asset } from '../../src/assets.ts';
import { type Call, type Endpoint, endpoint } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { addressOf } from './address.ts';
import { googleError } from './errors.ts';

/** The parts of a description that the twin reads; the rest passes as it is. */
interface Description {
  id: string;
  name: string;
  version: string;
  title: string;
  rootUrl: string;
  servicePath: string;
  [more: string]: unknown;
}

/** The APIs that `operations.json` knows, as `name/version` and the host that answers `/$discovery/rest`. */
const APIS: Readonly<Record<string, string>> = {
  'admin/directory_v1': 'admin.googleapis.com',
  'calendar/v3': 'calendar-json.googleapis.com',
  'docs/v1': 'docs.googleapis.com',
  'drive/v3': 'drive.googleapis.com',
  'gmail/v1': 'gmail.googleapis.com',
  'oauth2/v2': 'oauth2.googleapis.com',
  'people/v1': 'people.googleapis.com',
  'sheets/v4': 'sheets.googleapis.com',
};
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
    described(call.world, ofHost(call)),
  ),
  endpoint(
    { id: 'discovery.apis.list', route: 'GET /discovery/v1/apis', auth: 'none', doc: `${DOC}/list` },
    (call) => directory(call),
  ),
];

/** A description whose addresses hold for this client. Throws `notFound` for an API that the twin does not know. */
function described(world: World, api: string): Description {
  const description = read(api);
  if (!description) throw googleError('notFound', { message: 'Not Found' });
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

function directory({ world, query }: Call): Record<string, unknown> {
  const named = query.get('name');
  const items = Object.keys(APIS).flatMap((api) => {
    const description = read(api);
    if (!description || (named !== null && description.name !== named)) return [];
    const { id, name, version, title } = description;
    const discoveryRestUrl = `${addressOf(world, 'www.googleapis.com')}/discovery/v1/apis/${name}/${version}/rest`;
    return [{ kind: 'discovery#directoryItem', id, name, version, title, discoveryRestUrl, preferred: true }];
  });
  return { kind: 'discovery#directoryList', discoveryVersion: 'v1', items };
}

/** Read when first asked for, and then kept: as many as there are APIs. */
const kept = new Map<string, Description>();

function read(api: string): Description | undefined {
  if (!Object.hasOwn(APIS, api)) return undefined;
  const known = kept.get(api);
  if (known) return known;
  const file = asset(`twins/google/discovery/${api.replace('/', '.')}.json`);
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  kept.set(api, description);
  return description;
}
