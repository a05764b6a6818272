import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { itRoutesEachEndpoint } from '../routes.ts';

describe('every endpoint', () => {
  itRoutesEachEndpoint(okta, /^https:\/\//, 'x1y2');

  it('has an id of its own', () => {
    const ids = okta.endpoints.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is marked where its data is only kept and shown', () => {
    const support = (id: string) => okta.endpoints.find((one) => one.id === id)?.support;
    expect(support('createChildOrg')).toBe('stored');
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
