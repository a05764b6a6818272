/** The forms of bodies about signing in and its dangers, and about administrators. */
import { amount, body, flag, listOf, object, of, optional, text } from '../shape.ts';

const behavior = body({
  name: text,
  type: text,
  status: text,
  settings: object({
    granularity: text,
    radiusKilometers: amount,
    maxEventsUsedForEvaluation: amount,
    minEventsNeededForEvaluation: amount,
    velocityKph: amount,
  }),
});
const realmAssignment = body({
  name: text,
  priority: amount,
  domains: listOf(text),
  conditions: object({ expression: object({ value: text }), profileSourceId: text }),
  actions: object({ assignUserToRealm: object({ realmId: text }) }),
});
const provider = body({
  name: text,
  type: text,
  settings: object({ issuer: text, jwks_url: text, well_known_url: text }),
});
const factor = body({
  factorType: text,
  provider: text,
  profile: object({ phoneNumber: text, email: text, question: text, answer: text }),
  verify: object({ passCode: text }),
});
const proof = optional(
  body({
    passCode: text,
    answer: text,
    clientData: text,
    attestation: text,
    authenticatorData: text,
    signatureData: text,
    useNumberMatchingChallenge: flag,
  }),
);

export const SECURITY_SHAPES = [
  ...of(body({ scopeId: text, issuer: text }), 'grantConsentToScope'),
  ...of(behavior, 'createBehaviorDetectionRule', 'replaceBehaviorDetectionRule'),
  ...of(realmAssignment, 'createRealmAssignment', 'replaceRealmAssignment'),
  ...of(body({ assignmentId: text }), 'executeRealmAssignment'),
  ...of(provider, 'createSecurityEventsProviderInstance', 'replaceSecurityEventsProviderInstance'),
  ...of(factor, 'enrollFactor', 'replaceFactor'),
  ...of(proof, 'activateFactor', 'verifyFactor'),
  ...of(body({ riskLevel: text, riskReason: text }), 'upsertUserRisk'),
  ...of(body({ action: text, excludeZones: listOf(text) }), 'updateConfiguration'),
  ...of(body({ sessionToken: text }), 'createSession'),
  ...of(optional(body({ client_secret: text, status: text })), 'createOAuth2ClientSecret'),
  ...of(body({ name: text, expression: text }), 'createFederatedClaim', 'replaceFederatedClaim'),
];
