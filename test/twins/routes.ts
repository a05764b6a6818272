/** What holds for the routes of every twin, as tests to be put into its own `describe`. */
import { expect, it } from 'vitest';
import { compileTwin } from '../../src/pipeline.ts';
import { parseRoute } from '../../src/router.ts';
import type { Twin } from '../../src/twin.ts';

/** Each route is answered by its own endpoint, and says which page describes it. `value` stands for parameters. */
export function itRoutesEachEndpoint(twin: Twin, docs: RegExp, value: string): void {
  it('answers at a URL made for its route, and no other does', () => {
    const { router } = compileTwin(twin);
    for (const endpoint of twin.endpoints) {
      const [methods, path] = parseRoute(endpoint.route);
      const url = path.replace(/\{[^}]+\}/g, value);
      for (const method of methods) {
        const route = router.match(method, url);
        expect('target' in route && route.target.endpoint, `${method} ${url}`).toBe(endpoint);
      }
    }
  });

  it('names a page of the vendor’s documentation', () => {
    for (const { id, doc } of twin.endpoints) expect(doc, id).toMatch(docs);
  });
}
