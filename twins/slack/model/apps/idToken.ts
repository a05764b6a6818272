/** Sign in with Slack: who somebody is, as a signed token and as user information. https://docs.slack.dev/authentication/sign-in-with-slack */
import { createHash, createPublicKey } from 'node:crypto';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { ID_TOKEN_SECONDS } from '../../limits.ts';
import type { Json, User } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { teamView, theTeam } from '../people/team.ts';
import { slackUrl, teamUrl } from '../url.ts';

/** The server's first key signs; its public half is at `/openid/connect/keys`. */
const signingKey = (world: World) => world.rsaKey(0);
const keyIdOf = (publicKey: string) => createHash('sha256').update(publicKey).digest('base64url');

/** A signed ID token for `audience` (a client id); `accessToken` is the one that it comes with. */
export function idToken(
  world: World,
  user: User,
  of: { audience: string; accessToken: string; scopes: readonly string[]; nonce?: string },
): string {
  const iat = seconds(world);
  const { privateKey, publicKey } = signingKey(world);
  const half = createHash('sha256').update(of.accessToken).digest().subarray(0, 16);
  const claims = {
    iss: slackUrl(world),
    sub: user.id,
    aud: of.audience,
    exp: iat + ID_TOKEN_SECONDS,
    iat,
    auth_time: iat,
    ...(of.nonce ? { nonce: of.nonce } : {}),
    at_hash: half.toString('base64url'),
    ...claimsOf(world, user, of.scopes),
  };
  return jwt().sign(claims, privateKey, { algorithm: 'RS256', keyid: keyIdOf(publicKey) });
}

/** What `openid.connect.userInfo` says of somebody. */
export const userInfo = (world: World, user: User, scopes: readonly string[]): Json => ({
  sub: user.id,
  ...claimsOf(world, user, scopes),
});

/** The keys that ID tokens are verified by: a JSON Web Key set. */
export function signingKeys(world: World): { keys: Json[] } {
  const { publicKey } = signingKey(world);
  const { e, n } = createPublicKey(publicKey).export({ format: 'jwk' });
  return { keys: [{ e, n, kty: 'RSA', kid: keyIdOf(publicKey), alg: 'RS256', use: 'sig' }] };
}

function claimsOf(world: World, user: User, scopes: readonly string[]): Json {
  const team = theTeam(world);
  const said: Json = { 'https://slack.com/user_id': user.id, 'https://slack.com/team_id': team.id };
  if (scopes.includes('email'))
    Object.assign(said, {
      email: user.profile.email,
      email_verified: true,
      date_email_verified: user.updated,
    });
  if (scopes.includes('profile')) Object.assign(said, profileClaims(world, user));
  return said;
}

function profileClaims(world: World, { profile, real_name }: User): Json {
  const team = theTeam(world);
  const said: Json = {
    name: real_name,
    picture: profile.image_512,
    given_name: profile.first_name,
    family_name: profile.last_name,
    locale: 'en-US',
    'https://slack.com/team_name': team.name,
    'https://slack.com/team_domain': team.domain,
  };
  for (const size of [24, 32, 48, 72, 192, 512] as const)
    said[`https://slack.com/user_image_${size}`] = profile[`image_${size}`];
  const { icon } = teamView(team, teamUrl(world));
  for (const [name, value] of Object.entries(icon as Json)) said[`https://slack.com/team_${name}`] = value;
  return said;
}
