/** A proxy over the toy twin for tests; the authority is made once per test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, openAuthority } from '../../../src/proxy/authority.ts';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../../src/proxy/proxy.ts';
import { Registry, type RegistryOptions } from '../../../src/registry.ts';
import type { Universe } from '../../../src/universe.ts';
import { notes, toy } from '../../toy.ts';

export const HOST = 'api.toy.example';
export const AUTH = { authorization: 'Bearer good', 'content-type': 'application/json' };

const directory = mkdtempSync(join(tmpdir(), 'orrery-proxy-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
let authority: Promise<Authority> | undefined;

export interface Open {
  registry: Registry;
  authority: Authority;
  proxy: RunningProxy;
  universe: Universe;
  close(): Promise<void>;
}

/** Opens a registry with one universe, `one`, and a proxy before it. */
export async function open(
  options: Partial<ProxyOptions> & { server?: Partial<RegistryOptions> } = {},
): Promise<Open> {
  const { server, ...proxied } = options;
  authority ??= openAuthority(directory, toy.hosts);
  const registry = new Registry({
    twins: [toy],
    outbound: { send: async () => ({ status: 200, headers: {}, body: '' }) },
    publicUrl: () => 'http://orrery.test',
    ...server,
  });
  const universe = await registry.create({ id: 'one', world: { world: 'w' } });
  const proxy = await startProxy({ registry, authority: await authority, ...proxied });
  return {
    registry,
    universe,
    proxy,
    authority: await authority,
    close: async () => {
      await proxy.close(0);
      registry.close();
    },
  };
}

/** The texts of the notes that a universe holds. */
export const textsOf = (universe: Universe): string[] =>
  [...universe.state.list(notes)].map((note) => (note as { text: string }).text);

/** The remarks in a universe's journal. */
export const remarksOf = (universe: Universe): readonly object[] =>
  universe.journal.page({ limit: 1_000, kind: 'note' }).entries;

/** The address of a proxy with a credential in it. With a password, since undici sends no credential without one. */
export const as = (proxy: RunningProxy, user: string, password = 'x'): string =>
  proxy.url.replace('http://', `http://${user}:${password}@`);
