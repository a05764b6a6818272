/** A site behind a real port, and jira.js signed in to it as its administrator. */
import { AgileClient, Version2Client, Version3Client } from 'jira.js';
import { serve } from '../../../../src/server.ts';
import type { WorldFile } from '../../../../src/world/file.ts';
import { openSite, type TestSite } from '../site.ts';

export interface ServedSite {
  site: TestSite;
  /** Its address, as `http://127.0.0.1:1/u/test/jira`. */
  at: string;
  email: string;
  apiToken: string;
  v3: Version3Client;
  v2: Version2Client;
  agile: AgileClient;
  close(): Promise<void>;
}

/** Opens a site on a port of its own. */
export async function serveSite(world?: WorldFile): Promise<ServedSite> {
  const site = await openSite(world);
  const app = { fetch: () => new Response(null, { status: 404 }) };
  const server = await serve({ registry: site.registry, app, host: '127.0.0.1', port: 0 });
  const [email = '', apiToken = ''] = Buffer.from(site.basic.slice(6), 'base64').toString().split(/:(.*)/s);
  const at = `${server.url}/u/test/jira`;
  const config = { host: at, authentication: { basic: { email, apiToken } } };
  return {
    site,
    at,
    email,
    apiToken,
    v3: new Version3Client(config),
    v2: new Version2Client(config),
    agile: new AgileClient(config),
    close: () => server.close(100),
  };
}
