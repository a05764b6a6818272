/** What programs are told of a person. https://developers.google.com/identity/openid-connect/openid-connect#obtaininguserprofileinformation */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { shortScope } from '../scopes.ts';
import { type Account, accounts, projectOf } from '../world.ts';

/** The user information page: what the token's scopes let out. `v2` says `id`, OpenID Connect `sub`. */
export function userInfo(world: World, email: string, scopes: readonly string[], form: 'v2' | 'oidc') {
  const account = world.require(accounts, email.toLowerCase(), () =>
    oauthError('invalid_token', 'Account not found', 401),
  );
  const granted = new Set(scopes.map(shortScope));
  return {
    [form === 'v2' ? 'id' : 'sub']: account.id,
    ...(granted.has('userinfo.profile') ? profileOf(account) : {}),
    ...(granted.has('userinfo.email')
      ? { email: account.primaryEmail, [form === 'v2' ? 'verified_email' : 'email_verified']: true }
      : {}),
    ...hostedDomain(world, account),
  };
}

/** The claims of the scope `profile`. */
export function profileOf(account: Account): Record<string, string> {
  const { fullName, givenName, familyName } = account.name;
  return { name: fullName, given_name: givenName, family_name: familyName, picture: pictureOf(account) };
}

export const pictureOf = (account: Account): string =>
  `https://lh3.googleusercontent.com/a/${account.permissionId}`;

/** The domain of who belongs to it. */
export function hostedDomain(world: World, account: Account): { hd?: string } {
  const { domain } = projectOf(world);
  return account.primaryEmail.endsWith(`@${domain}`) ? { hd: domain } : {};
}
