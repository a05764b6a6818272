/** Who may call how often, where a universe limits that. https://docs.slack.dev/apis/web-api/rate-limits */
import type { RateLimits } from '../../../src/limit.ts';
import type { Call, RateTier } from '../../../src/twin.ts';
import { text } from '../args.ts';
import type { Token } from '../world.ts';
import { argumentsOf } from './conventions.ts';

/** The tiers by name; numbers of a universe's own may stand in their place. */
export const TIERS: Readonly<Record<string, RateTier>> = {
  Tier1: { limit: 1, windowSeconds: 60 },
  Tier2: { limit: 20, windowSeconds: 60 },
  Tier3: { limit: 50, windowSeconds: 60 },
  Tier4: { limit: 100, windowSeconds: 60 },
  /** One message a second into a channel, with short bursts. */
  PostMessage: { limit: 5, windowSeconds: 5 },
  /** One person's profile. https://docs.slack.dev/apis/web-api/user-presence-and-status */
  ProfileSet: { limit: 10, windowSeconds: 60 },
  /** What apps that are sold outside Slack's Marketplace may read of history; holds only where it is named. */
  NonMarketplace: { limit: 1, windowSeconds: 60 },
  SpecialTier: { limit: 600, windowSeconds: 60 },
};

/** Methods to which another tier applies than their pages say, where a universe limits it. */
const NARROWER: Readonly<Record<string, string>> = {
  'users.profile.set': 'ProfileSet',
  'conversations.history': 'NonMarketplace',
  'conversations.replies': 'NonMarketplace',
};

/** The tier that counts for a request. */
export function tierOf({ endpoint, world }: Call): string | undefined {
  const narrower = NARROWER[endpoint.id];
  return narrower !== undefined && holdsFor(world.rateLimits, narrower) ? narrower : endpoint.tier;
}

/** Who shares a window: an app in a workspace, per method, and where messages are posted per conversation. */
export function rateKey(call: Call): string {
  const { app = '', team = '', user = '' } = (call.actor as Token | undefined) ?? {};
  const tier = tierOf(call);
  const args = tier === 'PostMessage' || tier === 'ProfileSet' ? argumentsOf(call) : {};
  const place = tier === 'ProfileSet' ? (text(args, 'user') ?? user) : (text(args, 'channel') ?? '');
  // A webhook has an address and no token.
  const where = call.endpoint.traits?.plain === true ? call.request.path : place;
  return `${team}/${app}/${call.endpoint.id}/${where}`;
}

function holdsFor(limits: RateLimits, tier: string): boolean {
  if (limits === 'off') return false;
  return limits === 'vendor' ? tier !== 'NonMarketplace' : limits[tier] !== undefined;
}
