/** What every operation of the MyAccount API says of itself: a person's own token, one version, its media type. */

import type { World } from '../../../../src/world/world.ts';
import type { OktaActor } from '../../actor.ts';
import { findUser, type User } from '../../model/people/user.ts';

/** The media type of requests and answers. */
const MEDIA_TYPE = 'application/json;okta-version=1.0.0';

/** What endpoints of a family that read, and that change, have in common. */
export function myAccount(tag: string, resource: string) {
  const common = {
    tier: 'other',
    doc: `https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/${tag}/`,
    traits: { myAccount: true, contentType: MEDIA_TYPE },
  };
  return {
    read: { ...common, scopes: [`okta.myAccount.${resource}.read`] },
    manage: { ...common, scopes: [`okta.myAccount.${resource}.manage`] },
  };
}

/** The person who asks. */
export const me = (world: World, actor: OktaActor): User => findUser(world, actor.who.id);
