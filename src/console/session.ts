/**
 * Who is signed in to the console of a keyed server. The cookie holds a random id; the key that was given stays here
 * and is checked at every request as a Bearer key is, so a key that is withdrawn signs out.
 */
import { randomBytes } from 'node:crypto';
import { wallNow } from '../wall.ts';

/** How long a sign-in lasts, in milliseconds. */
export const SESSION_MS = 12 * 3_600_000;
/** Sign-ins that are remembered; the oldest give way. */
const SESSIONS_MAX = 10_000;

/** The sign-ins of one server. */
export class Sessions {
  readonly #byId = new Map<string, { key: string; until: number }>();

  /** Remembers a key; returns the cookie's value. */
  open(key: string): string {
    const id = randomBytes(24).toString('base64url');
    const [oldest] = this.#byId.keys();
    if (this.#byId.size >= SESSIONS_MAX && oldest !== undefined) this.#byId.delete(oldest);
    this.#byId.set(id, { key, until: wallNow() + SESSION_MS });
    return id;
  }

  /** The key of a sign-in that still lasts. */
  keyOf(id: string | undefined): string | undefined {
    const found = id === undefined ? undefined : this.#byId.get(id);
    if (found && found.until > wallNow()) return found.key;
    if (id !== undefined) this.#byId.delete(id);
    return undefined;
  }

  close(id: string | undefined): void {
    if (id !== undefined) this.#byId.delete(id);
  }
}
