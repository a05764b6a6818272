/** Whose universe a request to the proxy is for: its credential's, the only one there is, or the port's own. */
import type { Choice } from '../listener.ts';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
import { type HeaderMap, header } from '../wire.ts';

/**
 * Reads `Proxy-Authorization: Basic`: the user name is a universe's id, the password the key of its tenant where keys
 * are asked for. `fixed` is the universe of a port that needs none. Without a credential, the only universe of a
 * server without keys.
 */
export function universeBy(registry: Registry, headers: HeaderMap, fixed?: Universe): Choice {
  if (fixed) return registry.get(fixed.id) === fixed ? { universe: fixed } : gone(fixed.id);
  const { tenants } = registry;
  const given = basic(header(headers, 'proxy-authorization'));
  if (!given) {
    const [only] = registry.size === 1 ? registry.list() : [];
    if (only && !tenants.keyed) return { universe: only };
    // Some clients (undici) send no credential without a password.
    const form = tenants.keyed ? 'UNIVERSE:KEY' : 'UNIVERSE:x';
    return refused(`send a credential with the universe's id as its user name: http://${form}@host:port`);
  }
  const universe = registry.get(given.user);
  const caller = tenants.caller(given.password);
  const owns = caller && (caller.operator || caller.tenant.id === universe?.tenant);
  // One answer for both, so that nobody learns what universes others have.
  if (!universe || !owns)
    return refused(
      tenants.keyed
        ? `there is no universe ${given.user} with this key (user name: universe id, password: key)`
        : `there is no universe ${given.user} (the user name is the universe id)`,
    );
  return { universe };
}

const refused = (detail: string): Choice => ({ refusal: { status: 407, kind: 'proxy-credential', detail } });
const gone = (id: string): Choice => ({
  refusal: { status: 404, kind: 'no-universe', detail: `the universe ${id} has ended` },
});

function basic(value: string | undefined): { user: string; password: string } | undefined {
  const coded = /^basic\s+([a-z0-9+/=_-]+)\s*$/i.exec(value ?? '')?.[1];
  if (coded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(coded, 'base64').toString('utf8').split(':');
  return { user: decoded(user), password: rest.join(':') };
}

/** Some programs send the user name as it stands in the address, percent signs and all. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
