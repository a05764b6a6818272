/** Who calls, as the bearer token says. */
import type { Actor } from '../../src/twin.ts';

export interface GoogleActor extends Actor {
  /** The account in whose name the call is made (for a delegated service account: the person). */
  email: string;
  /** Long names, as the token carries them. */
  scopes: readonly string[];
  /** The OAuth client or service account that holds the token. */
  app: string;
  /** Nobody in particular: an API key alone was shown, and `email` is empty. */
  keyed?: true;
}
