/** Identity providers: who else vouches for this org's users. */
import { LOWER36 } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { idpKeys, idps } from '../../world.ts';
import { removeCsrs } from '../apps/csr.ts';
import { addKey, keysOf, newKid, removeKeys } from '../apps/signingKey.ts';
import { record, type Who } from '../log/log.ts';
import { mapIdp, unmap } from '../provisioning/mapping.ts';
import { removeLinks } from './idpUser.ts';

type Parts = Record<string, unknown>;

/** A provider in the vendor's shape, less links; `sp` is this org's part of a SAML audience. */
export interface Idp {
  id: string;
  issuerMode?: string;
  name: string;
  status: 'ACTIVE' | 'INACTIVE';
  created: string;
  lastUpdated: string;
  protocol: Parts;
  policy: Parts;
  type: string;
  sp: string;
}

export interface IdpInput {
  type?: string;
  name?: string;
  issuerMode?: string;
  status?: string;
  protocol?: Parts;
  policy?: Parts;
}

/** The provider with this id, or E0000007. */
export const findIdp = (world: World, id: string): Idp =>
  world.require(idps, id, () => notFound(id, 'IdpTrust'));

/** Providers by age, of a type, with a part of the name. */
export const findIdps = (world: World, q: string | null, type: string | null): Range<Idp> =>
  world.list(idps, {
    where: (idp) => (!q || idp.name.toLowerCase().includes(q.toLowerCase())) && (!type || idp.type === type),
  });

/** Makes a provider. Throws E0000001 for a missing or taken name, an unknown type, a key that is not there. */
export function createIdp(world: World, who: Who, input: IdpInput | undefined): Idp {
  const { name, type } = checked(world, input);
  const sent = input as IdpInput;
  const id = newId(world, '0oa');
  const now = stamp(world.now());
  const saml = type === 'SAML2';
  const kid = saml ? newKid(world, id) : undefined;
  const idp = world.insert(idps, {
    id,
    ...(saml ? {} : { issuerMode: sent.issuerMode ?? 'DYNAMIC' }),
    name,
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
    protocol: protocolOf(type, sent.protocol ?? {}, kid),
    policy: policyOf(type, sent.policy ?? {}),
    type,
    sp: `sp${world.drawFor('okta.sp', id).chars(LOWER36, 18)}`,
  });
  if (kid) addKey(world, id, kid);
  mapIdp(world, id, `${type.toLowerCase().replace('saml2', 'saml')}_idp`);
  log(world, who, 'system.idp.lifecycle.create', 'Create Identity Provider', idp);
  return idp;
}

/** Replaces a provider; its type stays. */
export function replaceIdp(world: World, who: Who, id: string, input: IdpInput | undefined): Idp {
  const old = findIdp(world, id);
  const { name, type } = checked(world, input, id);
  const sent = input as IdpInput;
  const kid = wantedKid(world, id, sent) ?? signingKidOf(old);
  const changed = world.update(idps, id, {
    name,
    ...(sent.issuerMode && old.issuerMode ? { issuerMode: sent.issuerMode } : {}),
    protocol: protocolOf(type, sent.protocol ?? {}, kid),
    policy: policyOf(type, sent.policy ?? {}),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'system.idp.lifecycle.update', 'Update Identity Provider', changed);
  return changed;
}

/** The id of the key that requests to a SAML provider are signed with. */
export const signingKidOf = ({ protocol }: Idp): string | undefined =>
  (protocol.credentials as { signing?: { kid?: string } } | undefined)?.signing?.kid;

/** The key that a change asks to sign with. Throws E0000001 for one that the provider does not have. */
function wantedKid(world: World, id: string, { protocol }: IdpInput): string | undefined {
  const kid = (protocol?.credentials as { signing?: { kid?: string } } | undefined)?.signing?.kid;
  if (kid && !keysOf(world, id).some((key) => key.kid === kid))
    throw invalid('kid', `kid: There is no key with the id ${kid}`);
  return kid;
}

/** Turns a provider on or off. */
export function setIdpStatus(world: World, who: Who, id: string, status: Idp['status']): Idp {
  findIdp(world, id);
  const changed = world.update(idps, id, { status, lastUpdated: stamp(world.now()) });
  const verb = status === 'ACTIVE' ? 'activate' : 'deactivate';
  log(world, who, `system.idp.lifecycle.${verb}`, `${verb} Identity Provider`, changed);
  return changed;
}

/** Removes a provider, its mappings and keys. */
export function deleteIdp(world: World, who: Who, id: string): void {
  const idp = findIdp(world, id);
  unmap(world, id);
  removeKeys(world, id);
  removeCsrs(world, id);
  removeLinks(world, { idpId: id });
  world.remove(idps, id);
  log(world, who, 'system.idp.lifecycle.delete', 'Delete Identity Provider', idp);
}

const ENDPOINTS: Readonly<Record<string, Parts>> = {
  GOOGLE: social('https://accounts.google.com/o/oauth2/auth', 'https://www.googleapis.com/oauth2/v3/token'),
  FACEBOOK: social(
    'https://www.facebook.com/dialog/oauth',
    'https://graph.facebook.com/v2.8/oauth/access_token',
  ),
  MICROSOFT: social(
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  ),
  LINKEDIN: social(
    'https://www.linkedin.com/uas/oauth2/authorization',
    'https://www.linkedin.com/uas/oauth2/accessToken',
  ),
  APPLE: social('https://appleid.apple.com/auth/authorize', 'https://appleid.apple.com/auth/token'),
  GITHUB: social('https://github.com/login/oauth/authorize', 'https://github.com/login/oauth/access_token'),
};

function social(authorization: string, token: string): Parts {
  return {
    authorization: { url: authorization, binding: 'HTTP-REDIRECT' },
    token: { url: token, binding: 'HTTP-POST' },
  };
}

function protocolOf(type: string, sent: Parts, kid: string | undefined): Parts {
  const { endpoints, credentials, algorithms, settings, scopes, issuer, type: protocol, ...rest } = sent;
  return {
    type: protocol ?? (type === 'SAML2' ? 'SAML2' : 'OIDC'),
    endpoints: endpointsOf(type, (endpoints ?? {}) as Parts),
    ...(algorithms ? { algorithms: algorithmsOf(type, algorithms as Parts) } : {}),
    ...(settings || type === 'OIDC'
      ? { settings: { nameFormat: null, ...(settings as Parts | undefined) } }
      : {}),
    ...(scopes ? { scopes } : {}),
    ...(issuer ? { issuer } : {}),
    ...rest,
    credentials: credentialsOf((credentials ?? {}) as Parts, kid),
  };
}

/** Requests of the SAML kind are digested besides being signed. */
function algorithmsOf(type: string, sent: Parts): Parts {
  const request = sent.request as Parts | undefined;
  return type === 'SAML2' && request ? { ...sent, request: { digest: 'SHA-1', ...request } } : sent;
}

/** Where no binding is said, the browser is sent on. */
function endpointsOf(type: string, sent: Parts): Parts {
  const given = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, { binding: 'HTTP-REDIRECT', ...(value as Parts) }]),
  );
  return { ...ENDPOINTS[type], ...given };
}

function credentialsOf(sent: Parts, kid: string | undefined): Parts {
  const { client, trust, ...rest } = sent;
  const { pkce_required: pkce, ...shown } = (client ?? {}) as Parts;
  return {
    ...(client
      ? { client: { ...shown, ...(pkce === null || pkce === undefined ? {} : { pkce_required: pkce }) } }
      : {}),
    ...(trust ? { trust: { revocation: null, revocationCacheLifetime: 0, ...(trust as Parts) } } : {}),
    ...rest,
    ...(kid ? { signing: { kid } } : {}),
  };
}

function policyOf(type: string, sent: Parts): Parts {
  const { provisioning, accountLink, subject, maxClockSkew, ...rest } = sent as Record<string, Parts>;
  return {
    provisioning: {
      action: 'AUTO',
      profileMaster: false,
      groups: { action: 'NONE' },
      conditions: { deprovisioned: { action: 'NONE' }, suspended: { action: 'NONE' } },
      ...provisioning,
    },
    accountLink: { filter: null, action: 'AUTO', ...accountLink },
    subject: {
      userNameTemplate: { template: 'idpuser.email' },
      filter: null,
      matchType: 'USERNAME',
      matchAttribute: null,
      ...subject,
    },
    maxClockSkew: maxClockSkew ?? 0,
    ...(type === 'SAML2' || type === 'OIDC' ? { trustClaims: false } : {}),
    transformedUsernameMatchingEnabled: false,
    ...rest,
  };
}

function checked(world: World, input: IdpInput | undefined, own?: string): { name: string; type: string } {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type } = input;
  if (!name) throw blank('name');
  if (!type || !/^[A-Z0-9_]+$/.test(type)) throw invalid('type', 'type: The type is not valid');
  const other = world.list(idps, { where: (one) => one.name.toLowerCase() === name.toLowerCase() }).first();
  if (other && other.id !== own)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  const trust = (input.protocol?.credentials as { trust?: { kid?: string } } | undefined)?.trust;
  if (trust?.kid && !world.get(idpKeys, trust.kid))
    throw invalid('kid', `kid: There is no key with the id ${trust.kid}`);
  return { name, type };
}

function log(world: World, who: Who, eventType: string, displayMessage: string, idp: Idp): void {
  const target = [
    {
      id: idp.id,
      type: 'IdentityProvider',
      alternateId: 'unknown',
      displayName: idp.name,
      detailEntry: null,
    },
  ];
  record(world, who, { eventType, displayMessage, target });
}
