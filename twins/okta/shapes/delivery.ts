/** The forms of bodies about how an org reaches people and other programs. */
import { amount, body, flag, given, named, object, of, text } from '../shape.ts';

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
  alias: text,
  host: text,
  port: amount,
  username: text,
  password: text,
  enabled: flag,
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

const errorPage = body({ pageContent: text, contentSecurityPolicySetting: object() });

export const DELIVERY_SHAPES = [
  ...of(errorPage, 'replaceCustomizedErrorPage', 'replacePreviewErrorPage'),
  ...of(body({ type: text, url: text }), 'replaceSignOutPageSettings'),
  ...of(body({ recipients: text }), 'replaceEmailSettings'),
  ...of(domain, 'createCustomDomain', 'replaceCustomDomain'),
  ...of(certificate, 'upsertCertificate'),
  ...of(sender, 'createEmailDomain', 'replaceEmailDomain'),
  ...of(server, 'createEmailServer', 'updateEmailServer'),
  ...of(push, 'createPushProvider', 'replacePushProvider'),
  ...of(sms, 'createSmsTemplate', 'updateSmsTemplate', 'replaceSmsTemplate'),
  ...of(groupPush, 'createGroupPushMapping', 'updateGroupPushMapping'),
];
