/** Models of security keys that an org knows by their AAGUID, besides those that everybody knows. */
import { createHash, X509Certificate } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { customAaguids } from '../../world/security.ts';
import type { Who } from '../log/log.ts';
import { findAuthenticator, logAuthenticator } from './authenticator.ts';

/** A model in the vendor's shape, less links. */
export interface CustomAaguid {
  authenticatorId: string;
  aaguid: string;
  name?: string;
  authenticatorCharacteristics?: Record<string, boolean>;
  attestationRootCertificates?: { x5c: string; 'x5t#S256': string; iss: string; exp: string }[];
}

/** The body of a create or change. */
export interface AaguidInput {
  aaguid?: string;
  name?: string;
  authenticatorCharacteristics?: Record<string, boolean>;
  attestationRootCertificates?: { x5c?: string }[];
}

/** The models of an authenticator, by age. Throws E0000007 for one that is not there or has no models. */
export const aaguidsOf = (world: World, authenticatorId: string): CustomAaguid[] =>
  world.list(customAaguids, { index: 'authenticator', equals: webauthn(world, authenticatorId) }).toArray();

/** One model, or E0000007. */
export function findAaguid(world: World, authenticatorId: string, aaguid: string): CustomAaguid {
  const key = `${webauthn(world, authenticatorId)}/${aaguid.toLowerCase()}`;
  return world.require(customAaguids, key, () => notFound(aaguid, 'CustomAAGUID'));
}

/** Adds a model. Throws E0000001 for an AAGUID that is none or known, and a certificate that cannot be read. */
export function createAaguid(
  world: World,
  who: Who,
  authenticatorId: string,
  input: AaguidInput | undefined,
): CustomAaguid {
  const owner = webauthn(world, authenticatorId);
  if (!input || typeof input !== 'object') throw notWellFormed();
  if (!input.aaguid) throw blank('aaguid');
  const aaguid = input.aaguid.toLowerCase();
  if (!AAGUID.test(aaguid)) throw invalid('aaguid', `aaguid: ${input.aaguid} is not a valid AAGUID`);
  if (world.get(customAaguids, `${owner}/${aaguid}`))
    throw invalid('aaguid', `aaguid: AAGUID ${input.aaguid} already exists`);
  const row = world.insert(customAaguids, { authenticatorId: owner, aaguid, ...partsOf(input) });
  logAuthenticator(world, who, 'update', findAuthenticator(world, owner));
  return row;
}

/** Replaces what is said of a model (`whole`), or changes some of it. */
export function changeAaguid(
  world: World,
  who: Who,
  authenticatorId: string,
  aaguid: string,
  input: AaguidInput | undefined,
  whole: boolean,
): CustomAaguid {
  const old = findAaguid(world, authenticatorId, aaguid);
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { authenticatorId: owner, aaguid: own, ...parts } = old;
  const row = { authenticatorId: owner, aaguid: own, ...(whole ? {} : parts), ...partsOf(input) };
  world.update(customAaguids, `${owner}/${own}`, () => row);
  logAuthenticator(world, who, 'update', findAuthenticator(world, owner));
  return row;
}

/** Removes a model. */
export function deleteAaguid(world: World, who: Who, authenticatorId: string, aaguid: string): void {
  const row = findAaguid(world, authenticatorId, aaguid);
  world.remove(customAaguids, `${row.authenticatorId}/${row.aaguid}`);
  logAuthenticator(world, who, 'update', findAuthenticator(world, authenticatorId));
}

const AAGUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Only security keys have models. */
function webauthn(world: World, id: string): string {
  const row = findAuthenticator(world, id);
  if (row.key !== 'webauthn') throw notFound(id, 'Authenticator');
  return row.id;
}

function partsOf({ name, authenticatorCharacteristics, attestationRootCertificates }: AaguidInput) {
  return {
    ...(name ? { name } : {}),
    ...(authenticatorCharacteristics ? { authenticatorCharacteristics } : {}),
    ...(attestationRootCertificates
      ? { attestationRootCertificates: attestationRootCertificates.map(({ x5c = '' }) => certificate(x5c)) }
      : {}),
  };
}

function certificate(x5c: string) {
  try {
    const der = Buffer.from(x5c, 'base64');
    const { issuer, validTo } = new X509Certificate(der);
    const iss = /CN=(.*)/.exec(issuer)?.[1] ?? issuer;
    const thumbprint = createHash('sha256').update(der).digest('base64url');
    return { x5c, 'x5t#S256': thumbprint, iss, exp: stamp(Date.parse(validTo)) };
  } catch {
    throw invalid('attestationRootCertificates', 'attestationRootCertificates: The certificate is not valid');
  }
}
