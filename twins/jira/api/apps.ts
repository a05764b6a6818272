/** Which app asks, where an app does. */
import type { Call } from '../../../src/twin.ts';
import { connectApps } from '../world/apps.ts';

/** An app as it asks: an OAuth client's id, or a Connect app's key and where it lives. */
export interface CallingApp {
  id: string;
  baseUrl?: string;
}

/** The app behind a request; undefined for people's own programs. */
export function appOf({ world, actor }: Pick<Call, 'world' | 'actor'>): CallingApp | undefined {
  const { app, by } = actor as { app?: string; by?: string };
  if (by === 'connect') {
    const row = world.get(connectApps, app ?? '');
    return row && { id: row.key, baseUrl: row.baseUrl };
  }
  return by === 'oauth' ? { id: app ?? 'oauth' } : undefined;
}
