/** `/idp/myaccount/emails` and `/idp/myaccount/phones`: how whoever asks is reached, proven by codes. */
import type { World } from '../../../../src/world/world.ts';
import { endpoint } from '../../endpoint.ts';
import { link } from '../../links.ts';
import type { Factor } from '../../model/authenticators/factor.ts';
import {
  type AccountEmail,
  addEmail,
  challengeEmail,
  type EmailChallenge,
  type EmailInput,
  emailsOf,
  findChallenge,
  findEmail,
  removeEmail,
  verifyEmail,
} from '../../model/myAccount/email.ts';
import {
  addPhone,
  challengePhone,
  findPhone,
  type PhoneInput,
  phonesOf,
  removePhone,
  verifyPhone,
} from '../../model/myAccount/phone.ts';
import { stampMs } from '../../time.ts';
import { me, myAccount } from './family.ts';

const EMAILS = '/idp/myaccount/emails';
const EMAIL = `${EMAILS}/{id}` as const;
const CHALLENGE = `${EMAIL}/challenge/{challengeId}` as const;
const PHONES = '/idp/myaccount/phones';
const PHONE = `${PHONES}/{id}` as const;
const email = myAccount('Email', 'email');
const phone = myAccount('Phone', 'phone');

/** The body of a code. */
type Code = { verificationCode?: string } | undefined;

const emailEndpoints = [
  endpoint({ id: 'listEmails', route: `GET ${EMAILS}`, ...email.read }, ({ world, actor }) =>
    emailsOf(world, me(world, actor)).map((row) => emailView(world, row)),
  ),
  endpoint(
    { id: 'createEmail', route: `POST ${EMAILS}`, ...email.manage, status: 201 },
    ({ world, actor, input }) =>
      emailView(world, addEmail(world, actor.who, me(world, actor), input as EmailInput | undefined)),
  ),
  endpoint({ id: 'getEmail', route: `GET ${EMAIL}`, ...email.read }, ({ world, actor, params }) =>
    emailView(world, findEmail(world, me(world, actor), params.id)),
  ),
  endpoint(
    { id: 'deleteEmail', route: `DELETE ${EMAIL}`, ...email.manage, status: 204 },
    ({ world, actor, params }) => removeEmail(world, me(world, actor), params.id),
  ),
  endpoint(
    { id: 'sendEmailChallenge', route: `POST ${EMAIL}/challenge`, ...email.manage, status: 201 },
    ({ world, actor, params, input }) => {
      const { state } = (input ?? {}) as { state?: string };
      return challengeView(world, challengeEmail(world, actor.who, me(world, actor), params.id, state));
    },
  ),
  endpoint(
    { id: 'pollChallengeForEmailMagicLink', route: `GET ${CHALLENGE}`, ...email.read },
    ({ world, actor, params: { id, challengeId } }) =>
      challengeView(world, findChallenge(world, me(world, actor), id, challengeId)),
  ),
  endpoint(
    { id: 'verifyEmailOtp', route: `POST ${CHALLENGE}/verify`, ...email.manage },
    ({ world, actor, params: { id, challengeId }, input }) =>
      verifyEmail(world, actor.who, me(world, actor), id, challengeId, (input as Code)?.verificationCode),
  ),
];

const phoneEndpoints = [
  endpoint({ id: 'listPhones', route: `GET ${PHONES}`, ...phone.read }, ({ world, actor }) =>
    phonesOf(world, me(world, actor)).map((row) => phoneView(world, row)),
  ),
  endpoint(
    { id: 'createPhone', route: `POST ${PHONES}`, ...phone.manage, status: 201 },
    ({ world, actor, input }) =>
      phoneView(world, addPhone(world, actor.who, me(world, actor), input as PhoneInput | undefined)),
  ),
  endpoint({ id: 'getPhone', route: `GET ${PHONE}`, ...phone.read }, ({ world, actor, params }) =>
    phoneView(world, findPhone(world, me(world, actor), params.id)),
  ),
  endpoint(
    { id: 'deletePhone', route: `DELETE ${PHONE}`, ...phone.manage, status: 204 },
    ({ world, actor, params }) => removePhone(world, actor.who, me(world, actor), params.id),
  ),
  endpoint(
    { id: 'sendPhoneChallenge', route: `POST ${PHONE}/challenge`, ...phone.manage },
    ({ world, actor, params, input }) => {
      const { id } = challengePhone(
        world,
        actor.who,
        me(world, actor),
        params.id,
        input as { method?: string } | undefined,
      );
      return { _links: { verify: link(world, `${PHONES}/${id}/verify`, 'POST') } };
    },
  ),
  endpoint(
    { id: 'verifyPhoneChallenge', route: `POST ${PHONE}/verify`, ...phone.manage, status: 204 },
    ({ world, actor, params, input }) =>
      verifyPhone(world, actor.who, me(world, actor), params.id, (input as Code)?.verificationCode),
  ),
];

export const contactEndpoints = [...emailEndpoints, ...phoneEndpoints];

function emailView(world: World, row: AccountEmail): Record<string, unknown> {
  const { id, status, roles, challenge } = row;
  const at = `${EMAILS}/${id}`;
  const waits = status === 'UNVERIFIED';
  return {
    id,
    status,
    roles,
    profile: { email: row.email },
    _links: {
      self: link(world, at, 'GET', ...(waits ? ['DELETE'] : [])),
      challenge: link(world, `${at}/challenge`, 'POST'),
      ...(waits && challenge ? challengeLinks(world, id, challenge) : {}),
    },
  };
}

const challengeLinks = (world: World, emailId: string, { id }: EmailChallenge) => ({
  verify: link(world, `${EMAILS}/${emailId}/challenge/${id}/verify`, 'POST'),
  poll: link(world, `${EMAILS}/${emailId}/challenge/${id}`, 'GET'),
});

const challengeView = (world: World, row: AccountEmail & { challenge: EmailChallenge }) => ({
  id: row.challenge.id,
  status: row.status,
  expiresAt: stampMs(row.challenge.expiresAt),
  profile: { email: row.email },
  _links: challengeLinks(world, row.id, row.challenge),
});

function phoneView(world: World, { id, status, profile }: Factor): Record<string, unknown> {
  const at = `${PHONES}/${id}`;
  const verified = status === 'ACTIVE';
  return {
    id,
    status: verified ? 'VERIFIED' : 'UNVERIFIED',
    profile: { phoneNumber: profile.phoneNumber },
    _links: {
      self: link(world, at, 'GET', 'DELETE'),
      challenge: link(world, `${at}/challenge`, 'POST'),
      ...(verified ? {} : { verify: link(world, `${at}/verify`, 'POST') }),
    },
  };
}
