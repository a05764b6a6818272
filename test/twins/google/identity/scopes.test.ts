import { describe, expect, it } from 'vitest';
import { longScope } from '../../../../twins/google/identity/scopes.ts';
import { google } from '../../../../twins/google/twin.ts';
import { methodOf } from '../../../../twins/google/wire/description.ts';

/** Which description an endpoint's method stands in. */
const API: Readonly<Record<string, string>> = {
  docs: 'docs/v1',
  drive: 'drive/v3',
  oauth2: 'oauth2/v2',
  sheets: 'sheets/v4',
};

describe('the scopes of each method', () => {
  const described = google.endpoints.flatMap((endpoint) => {
    const method = methodOf(API[endpoint.id.split('.')[0] ?? ''] ?? '', endpoint.id);
    return method ? [{ endpoint, method }] : [];
  });

  it('are those of the vendor’s description', () => {
    // Content is sent to addresses of its own, that sessions have, or with fewer scopes.
    const plain = described.filter(({ endpoint }) => !endpoint.route.includes('/upload/'));
    const wrong = plain.flatMap(({ endpoint, method }) => {
      const ours = [...new Set((endpoint.scopes ?? []).map(longScope))].sort();
      const theirs = [...new Set((method.scopes ?? []).map(longScope))].sort();
      return ours.join() === theirs.join() ? [] : [{ id: endpoint.id, route: endpoint.route, ours, theirs }];
    });
    expect(wrong).toEqual([]);
    expect(described.length).toBeGreaterThan(60);
  });
});
