import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../src/pipeline.ts';
import { parseRoute } from '../../../src/router.ts';
import { okta } from '../../../twins/okta/twin.ts';

describe('every endpoint', () => {
  it('answers at a URL made for its route, and no other does', () => {
    const { router } = compileTwin(okta);
    for (const endpoint of okta.endpoints) {
      const [methods, path] = parseRoute(endpoint.route);
      const url = path.replace(/\{[^}]+\}/g, 'x1y2');
      for (const method of methods) {
        const route = router.match(method, url);
        expect(['target' in route ? route.target.endpoint?.id : 'none', url]).toEqual([endpoint.id, url]);
      }
    }
  });

  it('has an id of its own and a source document', () => {
    const ids = okta.endpoints.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const endpoint of okta.endpoints) expect(endpoint.doc).toMatch(/^https:\/\//);
  });

  it('is marked where its data is only kept and shown', () => {
    const support = (id: string) => okta.endpoints.find((one) => one.id === id)?.support;
    for (const id of [
      'createInlineHook',
      'getLogStream',
      'replaceUISchemas',
      'updateOrgSettings',
      'listRoles',
    ])
      expect([id, support(id)]).toEqual([id, 'stored']);
    for (const id of ['createUser', 'verifyEventHook', 'createPolicyRule', 'deleteRealm', 'grantOktaSupport'])
      expect([id, support(id)]).toEqual([id, undefined]);
  });

  it('uses the vendor’s own operation name, method and path', () => {
    const shape = (id: string, route: string) => `${id} ${route.replace(/\{\w+\}/g, '{}')}`;
    const known = new Set(okta.operations.map((one) => shape(one.id, `${one.method} ${one.path}`)));
    const strange = okta.endpoints.filter(
      (one) => !one.traits?.undocumented && !known.has(shape(one.id, one.route)),
    );
    expect(strange.map((one) => [one.id, one.route])).toEqual([]);
  });
});
