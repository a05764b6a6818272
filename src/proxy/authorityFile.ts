/**
 * Keeps the authority on disk. Its domains, key and certificate are one file, `authority-{n}.pem`, and the highest n
 * counts. A new one is written aside and linked to the next number, which only one of several processes can do; the
 * others read the winner's. So no lock is needed, and a process that dies in between leaves nothing that could mislead.
 */
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { wallNow } from '../wall.ts';
import { type AuthorityPair, markOf } from './certificate.ts';

/** An authority with less time left than this is made anew, in milliseconds. */
const LEFT_MS_MIN = 30 * 86_400_000;
const TRIES_MAX = 10;
/** Before the domains, in the file's first line. */
const LISTED = '# for ';
const NAME = /^authority-(\d+)\.pem$/;

/**
 * The authority that `directory` keeps, if it is whole, in time and good for all `domains`; else what `make` makes for
 * these and the ones that it was good for, kept. Throws where the directory cannot be written.
 */
export async function keptAuthority(
  directory: string,
  domains: readonly string[],
  make: (domains: readonly string[]) => Promise<AuthorityPair>,
): Promise<AuthorityPair> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const newest = generations(directory).at(-1) ?? 0;
    const found = newest === 0 ? undefined : read(pathOf(directory, newest));
    const covered = (domain: string) => found?.domains.some((one) => `.${domain}`.endsWith(`.${one}`));
    if (found && domains.every(covered)) return found;
    keep(directory, newest + 1, await make([...domains, ...(found?.domains ?? [])]));
  }
  throw new Error(`${directory} does not keep a certificate authority: is it damaged, or its disk full?`);
}

/** Replaces a file whole, so that no reader ever sees half of it; leaves one alone that says the same already. */
export function replaceFile(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, text, { mode: 0o644, flag: 'wx' });
  renameSync(aside, path);
}

const pathOf = (directory: string, generation: number): string =>
  join(directory, `authority-${generation}.pem`);

function generations(directory: string): number[] {
  return readdirSync(directory)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function read(path: string): AuthorityPair | undefined {
  try {
    const [listed = '', keyPem = '', certificatePem = ''] = readFileSync(path, 'utf8').split(
      /(?=-----BEGIN (?:PRIVATE|CERTIFICATE))/,
    );
    const domains = listed.replace(LISTED, '').trim().split(' ');
    const certificate = new X509Certificate(certificatePem);
    const whole =
      certificate.checkPrivateKey(createPrivateKey(keyPem)) &&
      certificate.subject.split('\n').includes(`OU=${markOf(domains)}`) &&
      Date.parse(certificate.validTo) - wallNow() > LEFT_MS_MIN;
    if (!whole) return undefined;
    // Copied from elsewhere, it may have lost what guards it.
    chmodSync(path, 0o600);
    return { domains, keyPem, certificatePem };
  } catch {
    return undefined;
  }
}

function keep(directory: string, generation: number, pair: AuthorityPair): void {
  const aside = join(directory, `.${randomBytes(6).toString('hex')}`);
  const text = `${LISTED}${pair.domains.join(' ')}\n${pair.keyPem}${pair.certificatePem}`;
  writeFileSync(aside, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(aside, pathOf(directory, generation));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file system without links: two that start in the same instant may then make one each.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS')
      renameSync(aside, pathOf(directory, generation));
    else if (code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  for (const older of generations(directory).filter((one) => one < generation))
    rmSync(pathOf(directory, older), { force: true });
}
