/** Declares a Web API method: its route and page follow from its name. */
import { type Call, type Endpoint, endpoint, type PageSpec } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import type { Args } from '../args.ts';
import type { Token } from '../world.ts';

/** Which tokens a method takes and what they must hold (any of the scopes); an empty list asks for none. */
export interface MethodSpec {
  bot?: readonly string[];
  user?: readonly string[];
  app?: readonly string[];
  /** Of classic apps alone. */
  classic?: true;
  /** App configuration tokens. */
  config?: readonly string[];
  tier: string;
  /** Arguments that must be there. */
  required?: readonly string[];
  page?: PageSpec;
  /** The word in its cursors. */
  cursor?: string;
  /** Its pages say the next row's id besides. */
  offset?: true;
  auth?: 'none';
  handsOut?: 'socket';
  support?: 'stored';
}

export interface MethodCall {
  world: World;
  actor: Token;
  args: Args;
  call: Call<Token>;
}

/** A method of the Web API; all of them are called by GET and POST alike. */
export function method(id: string, spec: MethodSpec, handle: (call: MethodCall) => unknown): Endpoint {
  const { bot, user, app, config, classic, tier, required, page, cursor, offset } = spec;
  const { auth, handsOut, support } = spec;
  const scopes = [...new Set([...(bot ?? []), ...(user ?? []), ...(config ?? [])])];
  return endpoint<Token, `GET|POST /api/${string}`>(
    {
      id,
      route: `GET|POST /api/${id}`,
      tier,
      doc: `https://docs.slack.dev/reference/methods/${id}`,
      ...(scopes.length > 0 ? { scopes } : {}),
      ...(required ? { input: { type: 'object', required } } : {}),
      ...(page ? { page } : {}),
      ...(auth ? { auth } : {}),
      ...(handsOut ? { handsOut } : {}),
      ...(support ? { support } : {}),
      traits: {
        grants: {
          ...(bot ? { bot } : {}),
          ...(user ? { user } : {}),
          ...(app ? { app } : {}),
          ...(config ? { config } : {}),
          ...(classic ? { classic } : {}),
        },
        ...(cursor ? { cursor } : {}),
        ...(offset ? { offset } : {}),
      },
    },
    (call) => handle({ world: call.world, actor: call.actor, args: call.input as Args, call }),
  );
}

/** Bots and people alike, with any of these scopes. */
export const both = (...scopes: string[]): Pick<MethodSpec, 'bot' | 'user'> => ({
  bot: scopes,
  user: scopes,
});

/** Bots may manage public channels where people write them. */
export const managing = (...more: string[]): Pick<MethodSpec, 'bot' | 'user'> => ({
  bot: ['channels:manage', 'groups:write', 'im:write', 'mpim:write', ...more],
  user: ['channels:write', 'groups:write', 'im:write', 'mpim:write', ...more],
});
