/** Certificates that identity providers sign with. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { idpKeys, idps } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A key in the vendor's shape. */
export interface IdpKey {
  kty: string;
  created: string;
  lastUpdated: string;
  expiresAt: string;
  alg: string;
  kid: string;
  use: 'sig';
  x5c: string[];
  'x5t#S256': string;
  e?: string;
  n?: string;
}

/** The key with this id, or E0000007. */
export const findIdpKey = (world: World, kid: string): IdpKey =>
  world.require(idpKeys, kid, () => notFound(kid, 'IdpTrust'));

/** Takes a certificate in. Throws E0000001 for one that cannot be read, E0000096 for one that is there already. */
export function addIdpKey(world: World, who: Who, input: { x5c?: string[] } | undefined): IdpKey {
  const key = keyOf(world, uuid(world.draw('okta.idpKey')), input);
  const twin = world.list(idpKeys, { where: (one) => one['x5t#S256'] === key['x5t#S256'] }).first();
  if (twin) throw refuse('E0000096', { args: [twin.kid] });
  world.insert(idpKeys, key);
  log(world, who, 'create', key);
  return key;
}

/** The key that a certificate holds, under an id. */
function keyOf(world: World, kid: string, input: { x5c?: string[] } | undefined): IdpKey {
  const text = input?.x5c?.[0];
  if (typeof text !== 'string') throw invalid('x5c', 'x5c: The field cannot be left blank');
  const certificate = readCertificate(text);
  const thumbprint = Buffer.from(certificate.fingerprint256.replace(/:/g, ''), 'hex').toString('base64url');
  const spki = certificate.publicKey.export({ type: 'spki', format: 'pem' });
  const { kty = 'RSA', e, n } = createPublicKey(spki).export({ format: 'jwk' });
  const now = stamp(world.now());
  return {
    kty,
    created: now,
    lastUpdated: now,
    expiresAt: stamp(Date.parse(certificate.validTo)),
    alg: kty,
    kid,
    use: 'sig',
    x5c: [text],
    'x5t#S256': thumbprint,
    ...(e ? { e } : {}),
    ...(n ? { n } : {}),
  };
}

/** Puts another certificate in the place of one. Throws E0000001 for one that cannot be read. */
export function replaceIdpKey(
  world: World,
  who: Who,
  kid: string,
  input: { x5c?: string[] } | undefined,
): IdpKey {
  findIdpKey(world, kid);
  const { created: _, kid: _kid, ...changed } = keyOf(world, kid, input);
  const key = world.update(idpKeys, kid, changed);
  log(world, who, 'update', key);
  return key;
}

/** Takes a certificate away. Throws E0000001 for one that a provider trusts. */
export function removeIdpKey(world: World, who: Who, kid: string): void {
  const key = findIdpKey(world, kid);
  const trusts = (credentials: unknown) =>
    (credentials as { trust?: { kid?: string } } | undefined)?.trust?.kid;
  if (world.list(idps, { where: (idp) => trusts(idp.protocol.credentials) === kid }).first())
    throw invalid('kid', 'kid: The key is used by an identity provider');
  world.remove(idpKeys, kid);
  log(world, who, 'delete', key);
}

const log = (world: World, who: Who, verb: string, { kid }: IdpKey): unknown =>
  recordChange(world, who, `system.idp.key.${verb}`, `Identity provider key ${verb}`, {
    id: kid,
    type: 'IdpKey',
    name: kid,
  });

function readCertificate(text: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(text.replace(/\s/g, ''), 'base64'));
  } catch {
    throw invalid('x5c', 'x5c: The certificate is not valid');
  }
}
