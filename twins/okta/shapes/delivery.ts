/** The forms of bodies about how an org reaches people and other programs. */
import { amount, body, flag, given, listOf, named, object, of, text } from '../shape.ts';

const domain = body({ domain: text, certificateSourceType: text, brandId: text });
const certificate = body({ type: text, certificate: text, certificateChain: text, privateKey: text });
const sender = body({
  brandId: text,
  domain: text,
  displayName: text,
  userName: text,
  validationSubdomain: text,
});
const server = body({
  ...{ alias: text, host: text, port: amount, username: text, password: text, enabled: flag },
  ...{ authType: text, clientId: text, clientSecret: text, tokenEndpoint: text, scopes: listOf(text) },
  ...{ tokenEndpointAuthMethod: text, audience: text, issuer: text, subject: text, keyId: text },
  ...{ privateKey: text, signingAlgorithm: text },
});
const provider = body({
  ...{ id: text, providerName: text, providerCapability: text, providerSid: text, providerAuthToken: text },
  providerSettings: object({ sms: named(given(text)), call: named(given(text)) }),
});
const push = body({
  name: text,
  providerType: text,
  configuration: object({
    fileName: text,
    keyId: text,
    teamId: text,
    tokenSigningKey: text,
    serviceAccountJson: object({ project_id: text }),
  }),
});
const sms = body({ name: text, type: text, template: text, translations: named(given(text)) });
const groupPush = body({ sourceGroupId: text, targetGroupId: text, targetGroupName: text, status: text });

const channel = object({
  type: text,
  version: text,
  config: object({
    ...{ uri: text, method: text, clientId: text, clientSecret: text },
    ...{ tokenUrl: text, authType: text, scope: text, hookKeyId: text },
    headers: listOf(object({ key: given(text), value: given(text) })),
    authScheme: object({ type: text, key: text, value: text }),
  }),
});
const filter = object({ event: text, condition: object({ expression: text }) });
const eventHook = body({
  name: text,
  description: text,
  events: object({
    type: text,
    items: listOf(text),
    filter: object({ type: text, eventFilterMap: listOf(filter) }),
  }),
  channel,
});
const inlineHook = body({ name: text, type: text, version: text, channel });

const ssfStream = body({
  stream_id: text,
  delivery: object({ method: text, endpoint_url: text, authorization_header: text }),
  events_requested: listOf(text),
  format: text,
});

export const DELIVERY_SHAPES = [
  ...of(domain, 'createCustomDomain', 'replaceCustomDomain'),
  ...of(certificate, 'upsertCertificate'),
  ...of(sender, 'createEmailDomain', 'replaceEmailDomain'),
  ...of(server, 'createEmailServer', 'updateEmailServer'),
  ...of(body({ fromAddress: text, toAddress: text }), 'testEmailServer'),
  ...of(body({ emailAddresses: listOf(given(text)) }), 'bulkRemoveEmailAddressBounces'),
  ...of(provider, 'createCustomTelephonyProviderCredentials', 'updateCustomTelephonyProviderCredential'),
  ...of(
    body({ factor: text, phoneNumber: text, countryCodeIso2: text }),
    'sendTestCustomTelephonyProviderCredential',
  ),
  ...of(ssfStream, 'createSsfStream', 'replaceSsfStream', 'updateSsfStream'),
  ...of(body({ stream_id: text, state: text }), 'verifySsfStream'),
  ...of(push, 'createPushProvider', 'replacePushProvider'),
  ...of(sms, 'createSmsTemplate', 'updateSmsTemplate', 'replaceSmsTemplate'),
  ...of(eventHook, 'createEventHook', 'replaceEventHook'),
  ...of(inlineHook, 'createInlineHook', 'replaceInlineHook', 'updateInlineHook'),
  ...of(body(), 'executeInlineHook'),
  ...of(body({ name: text }), 'createHookKey', 'replaceHookKey'),
  ...of(groupPush, 'createGroupPushMapping', 'updateGroupPushMapping'),
];
