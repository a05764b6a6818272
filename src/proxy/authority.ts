/**
 * The local certificate authority by which the proxy speaks for the vendors' host names. Made on first use, kept for
 * its owner only, and never installed anywhere: programs are told of it by a file. It can vouch for the vendors'
 * domains and nothing else, so that a leaked key opens no other site.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { wallNow } from '../wall.ts';
import { keptAuthority, replaceFile } from './authorityFile.ts';
import { type KeyPair, leafMaker, makeAuthority } from './certificate.ts';

/** An authority that is ready to speak for the vendors. */
export interface Authority {
  /** The authority's own certificate. */
  certificatePem: string;
  /** Where `certificatePem` lies, for `NODE_EXTRA_CA_CERTS` and its like. */
  certificatePath: string;
  /** A file of the system's roots and ours, for programs that take one file in the place of the system's. */
  bundlePath: string;
  /** What a TLS server for `hostname` presents. Rejects where the authority does not cover it. Remembered, bounded. */
  secureContext(hostname: string): Promise<SecureContext>;
  /** Whether the authority may speak for `hostname`. */
  covers(hostname: string): boolean;
}

/** Certificates that are kept ready; vendors' tenants have names of their own, so there may be many. */
const CONTEXTS_MAX = 1_000;
/** A certificate is made anew long before it ends, in milliseconds. */
const CONTEXT_MS_MAX = 30 * 86_400_000;
/** RFC 1035, 2.3.4. */
const HOSTNAME_CHARS_MAX = 253;
const HOSTNAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/;
/** Where systems keep their roots: Debian and Alpine, Fedora, openSUSE, macOS and the BSDs. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Where the authority is kept: the server's data directory, else what ORRERY_HOME says, else `~/.orrery`. */
export const authorityDirectory = (data?: string): string =>
  resolve(data ?? process.env.ORRERY_HOME ?? join(homedir(), '.orrery'));

/**
 * Opens the authority in `directory`/ca, made where there is none, or none that is whole, in time and for all these
 * domains (and then for those of the one before too: servers of two versions that share a directory take turns
 * otherwise). `domains` may be written as twins write hosts (`*.slack.com`). Throws where the directory is not writable.
 */
export async function openAuthority(directory: string, domains: readonly string[]): Promise<Authority> {
  const folder = join(directory, 'ca');
  const pair = await keptAuthority(folder, domainsOf(domains), (all) => makeAuthority(domainsOf(all)));
  const permitted = pair.domains;
  const certificatePath = join(folder, 'ca.pem');
  const bundlePath = join(folder, 'bundle.pem');
  replaceFile(certificatePath, pair.certificatePem);
  replaceFile(bundlePath, bundle(pair.certificatePem));
  const covers = (hostname: string) => {
    const name = hostname.toLowerCase();
    return (
      name.length <= HOSTNAME_CHARS_MAX &&
      HOSTNAME.test(name) &&
      permitted.some((domain) => name === domain || name.endsWith(`.${domain}`))
    );
  };
  const contexts = contextsOf(pair);
  return {
    certificatePem: pair.certificatePem,
    certificatePath,
    bundlePath,
    covers,
    secureContext: async (hostname) => {
      if (!covers(hostname)) throw new Error(`the authority may not speak for ${hostname}`);
      return contexts(hostname.toLowerCase());
    },
  };
}

/** Without `*.`, and without what another one covers. */
function domainsOf(hosts: readonly string[]): string[] {
  const names = [...new Set(hosts.map((host) => host.toLowerCase().replace(/^\*\./, '')))].sort();
  return names.filter((name) => !names.some((other) => name.endsWith(`.${other}`)));
}

/** Contexts by host name; the one that was asked for longest ago goes first. */
function contextsOf(pair: KeyPair): (hostname: string) => Promise<SecureContext> {
  const kept = new Map<string, { at: number; context: Promise<SecureContext> }>();
  let maker: ReturnType<typeof leafMaker> | undefined;
  const make = async (hostname: string): Promise<SecureContext> => {
    maker ??= leafMaker(pair);
    const { certificatePem, keyPem } = await (await maker)(hostname);
    return createSecureContext({ cert: certificatePem, key: keyPem });
  };
  return (hostname) => {
    const now = wallNow();
    const found = kept.get(hostname);
    kept.delete(hostname);
    const entry = found && now - found.at < CONTEXT_MS_MAX ? found : { at: now, context: make(hostname) };
    kept.set(hostname, entry);
    if (kept.size > CONTEXTS_MAX) kept.delete(kept.keys().next().value as string);
    // A failure is told to whoever waits for it, not to those who come later.
    entry.context.catch(() => kept.delete(hostname));
    return entry.context;
  };
}

/** The roots that Node ships, those of the system that Node lacks (a company's own among them), and ours. */
function bundle(own: string): string {
  const seen = new Set<string>();
  const certificates = [...rootCertificates, ...systemRoots(), own].filter((one) => {
    const body = one.replace(/\s/g, '');
    return !seen.has(body) && seen.add(body);
  });
  return `${certificates.map((one) => one.trim()).join('\n')}\n`;
}

function systemRoots(): readonly string[] {
  for (const path of [process.env.SSL_CERT_FILE, ...SYSTEM_BUNDLES]) {
    if (path === undefined) continue;
    try {
      const text = readFileSync(path, 'utf8');
      return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    } catch {
      // A system keeps its roots in one of these places, not in all.
    }
  }
  return [];
}
