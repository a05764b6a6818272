import { describe, expect, it } from 'vitest';
import { google } from '../../../twins/google/twin.ts';
import { batchKinds, undescribed } from './discovered.ts';
import { STORIES } from './stories/all.ts';
import { openTeller, told } from './stories/teller.ts';

describe('resources of a domain, each told from beginning to end', () => {
  for (const { says, world, tell } of STORIES) it(says, async () => tell(await openTeller(world)));

  it('are told whole: every endpoint answered some story with success', () => {
    const untold = google.endpoints
      .map(({ id }) => id)
      .filter((id) => !told.has(id) && !TOLD_ELSEWHERE.has(id));
    expect(untold).toEqual([]);
  });

  it('are told whole: every kind of request of a batch answered some story with success', () => {
    const kinds = [
      ...batchKinds('docs.v1').map((kind) => `docs.documents.batchUpdate:${kind}`),
      ...batchKinds('sheets.v4').map((kind) => `sheets.spreadsheets.batchUpdate:${kind}`),
    ];
    expect(kinds.filter((kind) => !told.has(kind) && !LACKED.has(kind))).toEqual([]);
  });

  it('are answered with what the vendor’s descriptions say', () => {
    expect([...undescribed]).toEqual([]);
  });
});

/** Their answers are no JSON, or behaviour tests of their own drive them. */
const TOLD_ELSEWHERE = new Set<string>([
  // The sign-in's pages, requests in requests, and what is asked with a token of its own: identity/*.test.ts.
  ...['oauth2.auth', 'oauth2.device', 'batch', 'sts.token'],
  ...['generateAccessToken', 'generateIdToken', 'signBlob', 'signJwt'].map(
    (verb) => `iamcredentials.projects.serviceAccounts.${verb}`,
  ),
]);

/** Kinds of requests that the twin answers as gaps. */
const LACKED = new Set<string>([]);
