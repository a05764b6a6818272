/** Tells stories of a domain's files, documents and spreadsheets. */
import { compileTwin } from '../../../../src/pipeline.ts';
import type { WorldFile } from '../../../../src/world/file.ts';
import { google } from '../../../../twins/google/twin.ts';
import { wire } from '../../../../twins/google/wire.ts';
import { type Body, type Calls, calls, type Send } from '../../teller.ts';
import { hold } from '../discovered.ts';
import { type Domain, openDomain } from '../domain.ts';

export type { Body } from '../../teller.ts';

/** What a family of resources goes through, told from the client's side. */
export interface Story {
  says: string;
  /** The domain that it happens in; the test domain unless said. */
  world?: WorldFile;
  tell(teller: Teller): Promise<void>;
}

/** Paths are whole (`/drive/v3/files`); the administrator (Ann) calls unless `as` says another. */
export interface Teller extends Calls {
  domain: Domain;
  /** The same domain in another person's name. */
  as(email: string): Teller;
  /** A request of which nothing is expected. */
  request: Send;
}

/** Ids of the endpoints that answered a story with success, and `docs.documents.batchUpdate:insertText` of kinds. */
export const told = new Set<string>();

const { router } = compileTwin(google);

/** The endpoint that a path leads to. */
export function endpointAt(method: string, path: string): string | undefined {
  const match = router.match(method, (wire.path ?? String)(path.split('?', 1)[0] ?? ''));
  return 'target' in match ? match.target.endpoint?.id : undefined;
}

/** A teller in a domain of its own. */
export async function openTeller(world?: WorldFile): Promise<Teller> {
  return tellerOf(await openDomain(world), undefined);
}

function tellerOf(domain: Domain, email: string | undefined): Teller {
  const token = email && domain.tokenFor(email);
  const send: Send = async (method, path, sent) => {
    const { status, body, text } = await domain.call(`${method} ${path}`, sent, token);
    return { status, body: text.startsWith('{') ? body : text };
  };
  return {
    domain,
    as: (other) => tellerOf(domain, other),
    request: send,
    ...calls(domain.universe, send, succeeded),
  };
}

function succeeded(method: string, path: string, _status: number, answer: Body, sent: Body): void {
  const id = endpointAt(method, path);
  if (id === undefined) return;
  told.add(id);
  if (/\.batchUpdate$/.test(id) && Array.isArray(sent?.requests))
    for (const request of sent.requests) for (const kind of Object.keys(request)) told.add(`${id}:${kind}`);
  hold(id, answer);
}
