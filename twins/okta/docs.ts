/** Where the vendor describes its operations. */

/** The page of a family of the Management API, as `User`, `GroupRule`, `SystemLog`. */
export const managementDoc = (tag: string): string =>
  `https://developer.okta.com/docs/api/openapi/okta-management/management/tag/${tag}/`;

/** What every endpoint of a family says that reads, and that changes. */
export const family = (tag: string, resource: string, tier: string) => ({
  read: { scopes: [`okta.${resource}.read`], tier, doc: managementDoc(tag) },
  manage: { scopes: [`okta.${resource}.manage`], tier, doc: managementDoc(tag) },
});

/**
 * The same for what is kept, checked for its form and shown, and nothing else: no other part of the twin asks for it.
 * Coverage counts such endpoints apart.
 */
export const stored = <R extends object, M extends object>(endpoints: { read: R; manage: M }) => ({
  read: { ...endpoints.read, support: 'stored' as const },
  manage: { ...endpoints.manage, support: 'stored' as const },
});
