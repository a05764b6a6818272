/** What a server remembers between runs: its tenants (hashes of keys, never keys) and the salt of its credentials. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LowSync } from 'lowdb';
import { JSONFileSync } from 'lowdb/node';
import { type KeyRing, ownKeys, type RsaKey } from '../keys.ts';
import type { Tenant, TenantStore } from '../tenant.ts';

interface Remembered {
  /** Makes credentials unguessable, and the same after a restart. */
  salt: string;
  tenants: Tenant[];
  /** Sign tokens and assertions; nobody else has them. */
  keys: RsaKey[];
}

/** An open data directory. */
export interface Data extends TenantStore {
  readonly salt: string;
  readonly keys: KeyRing;
}

/** Opens `directory/server.json`, made with a fresh salt where it is not there; only its owner may read the folder. */
export function openData(directory: string): Data {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fresh = { salt: randomBytes(32).toString('hex'), tenants: [], keys: [] };
  const file = new LowSync<Remembered>(new JSONFileSync(join(directory, 'server.json')), fresh);
  file.read();
  file.write();
  return {
    salt: file.data.salt,
    keys: ownKeys(file.data.keys ?? [], (keys) => {
      file.data.keys = [...keys];
      file.write();
    }),
    load: () => file.data.tenants,
    save: (tenants) => {
      file.data.tenants = [...tenants];
      file.write();
    },
  };
}
