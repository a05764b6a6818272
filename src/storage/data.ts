/** What a server remembers between runs: its tenants (hashes of keys, never keys) and the salt of its credentials. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
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
  const path = join(directory, 'server.json');
  const fresh = { salt: randomBytes(32).toString('hex'), tenants: [], keys: [] };
  const file = new LowSync<Remembered>(new JSONFileSync(path), fresh);
  const write = () => {
    file.write();
    // The salt and the keys are the server's own: nobody else on the machine may read them.
    chmodSync(path, 0o600);
  };
  file.read();
  write();
  return {
    salt: file.data.salt,
    keys: ownKeys(file.data.keys ?? [], (keys) => {
      file.data.keys = [...keys];
      write();
    }),
    load: () => file.data.tenants,
    save: (tenants) => {
      file.data.tenants = [...tenants];
      write();
    },
  };
}
