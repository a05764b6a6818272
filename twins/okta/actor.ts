/** Who calls: the owner of an API token, or a service app with an access token. */
import type { Actor } from '../../src/twin.ts';
import type { Who } from './model/log/log.ts';

export interface OktaActor extends Actor {
  /** How the System Log names the caller, and the request that they made. */
  who: Who;
  /** `ssws`: as mighty as its owner. `oauth`: as its scopes say. */
  kind: 'ssws' | 'oauth';
  tokenId?: string;
}
