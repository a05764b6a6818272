/** Tokens made out together: drafted, shown to the inline hook that the rule names, signed. */
import type { World } from '../../../../src/world/world.ts';
import { askTokenHook } from '../hooks/tokenHook.ts';
import type { User } from '../people/user.ts';
import type { Lifetimes } from './policy.ts';
import { draftAccess, draftIdentity, type Minting, signAccess, signIdentity } from './token.ts';

/** Which tokens are wanted, and what they come with. */
export interface Wanted {
  access: boolean;
  identity: boolean;
  lifetimes: Lifetimes;
  /** The refresh token that is given with them. */
  refreshId?: string | undefined;
  code?: string | undefined;
  /** What the program sent, for the hook. */
  form: Readonly<Record<string, string | undefined>>;
}

export interface Minted {
  access?: string;
  identity?: string;
  /** Seconds that the access token lasts. */
  seconds: number;
}

/** The tokens. Throws `server_error` where the hook's program refuses them. */
export function mintTokens(world: World, of: Minting, wanted: Wanted): Minted {
  const { lifetimes, refreshId, code } = wanted;
  if (!wanted.access && !wanted.identity) return { seconds: 0 };
  const person = of.user && { ...of, user: of.user as User };
  const drafted = {
    ...(wanted.access
      ? { access: draftAccess(world, of, lifetimes.accessTokenLifetimeMinutes, refreshId) }
      : {}),
    ...(wanted.identity && person ? { identity: draftIdentity(world, person, wanted.access) } : {}),
  };
  const { access, identity } = askTokenHook(world, of, wanted, drafted);
  const accessToken = access && signAccess(world, of, access);
  return {
    ...(accessToken === undefined ? {} : { access: accessToken }),
    ...(identity ? { identity: signIdentity(world, of, identity, { accessToken, code }) } : {}),
    seconds: access?.seconds ?? 0,
  };
}
