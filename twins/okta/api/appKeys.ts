/** `/api/v1/apps/{appId}/credentials/keys` and the SAML metadata that are made of them. */
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { CERTIFICATE } from '../certificate.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refuse } from '../errors.ts';
import { type App, findApp } from '../model/apps/app.ts';
import { cloneKey, findKey, generateKey, keysOf } from '../model/apps/signingKey.ts';
import { TextBody } from '../text.ts';
import { signingKeyView } from './signingKeys.ts';

const { read, manage } = family('ApplicationSSOCredentialKey', 'apps', 'app');
const sso = family('ApplicationSSO', 'apps', 'app');
const KEYS = '/api/v1/apps/{appId}/credentials/keys';

export const appKeyEndpoints = [
  endpoint({ id: 'listApplicationKeys', route: `GET ${KEYS}`, ...read }, ({ world, params }) =>
    keysOf(world, findApp(world, params.appId).id).map(signingKeyView),
  ),
  endpoint(
    { id: 'generateApplicationKey', route: `POST ${KEYS}/generate`, ...manage, status: 201 },
    ({ world, actor, params, query }) => {
      const app = findApp(world, params.appId);
      return signingKeyView(generateKey(world, actor.who, app.id, query.get('validityYears')));
    },
  ),
  endpoint({ id: 'getApplicationKey', route: `GET ${KEYS}/{keyId}`, ...read }, ({ world, params }) =>
    signingKeyView(findKey(world, findApp(world, params.appId).id, params.keyId)),
  ),
  endpoint(
    { id: 'cloneApplicationKey', route: `POST ${KEYS}/{keyId}/clone`, ...manage },
    ({ world, actor, params, query }) => {
      const target = findApp(world, query.get('targetAid') ?? '');
      const key = cloneKey(world, actor.who, findApp(world, params.appId).id, params.keyId, target.id);
      return reply({ status: 201, body: signingKeyView(key) });
    },
  ),
  endpoint(
    {
      id: 'previewSAMLmetadataForApplication',
      route: 'GET /api/v1/apps/{appId}/sso/saml/metadata',
      ...sso.read,
    },
    ({ world, params, query }) => samlMetadata(world, findApp(world, params.appId), query.get('kid')),
  ),
];

/** What a service provider reads to trust this org. Throws E0000019 for a key that the app does not have. */
function samlMetadata(world: World, app: App, kid: string | null): TextBody {
  const keys = keysOf(world, app.id);
  if (!app.signOnMode?.startsWith('SAML') || (kid !== null && !keys.some((key) => key.kid === kid)))
    throw refuse('E0000019');
  const sso = `${world.base()}/app/${app.name}/exk${app.id.slice(3)}/sso/saml`;
  const binding = (name: string) =>
    `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${name}" Location="${sso}"/>`;
  const signing = keys.find((key) => key.kid === (kid ?? app.credentials.signing?.kid));
  const certificate = signing?.certificate?.x5c[0] ?? CERTIFICATE;
  const format = app.settings.signOn?.subjectNameIdFormat ?? UNSPECIFIED;
  return new TextBody(
    'application/xml;charset=ISO-8859-1',
    '<?xml version="1.0" encoding="UTF-8"?>' +
      `<md:EntityDescriptor entityID="http://www.okta.com/exk${app.id.slice(3)}" ` +
      'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">' +
      '<md:IDPSSODescriptor WantAuthnRequestsSigned="false" ' +
      'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
      '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>' +
      `<ds:X509Certificate>${certificate}</ds:X509Certificate>` +
      '</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>' +
      `<md:NameIDFormat>${String(format)}</md:NameIDFormat>` +
      `${binding('HTTP-POST')}${binding('HTTP-Redirect')}</md:IDPSSODescriptor></md:EntityDescriptor>`,
  );
}

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
