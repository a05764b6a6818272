/**
 * A new request URL counts once it has echoed a challenge.
 * https://docs.slack.dev/reference/events/url_verification
 */

import { BASE62 } from '../../../../src/ids.ts';
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { type App, apps, type Json } from '../../world.ts';

/** Sends a challenge to `url`; until it is echoed, the app hears of nothing. */
export function verify(world: World, app: App, url: string): App {
  const { disabled: _, ...heard } = app.events;
  const changed = world.update(apps, app.id, { events: { ...heard, url, verified: false } });
  world.emit({
    channel: 'verification',
    event: 'url_verification',
    to: url,
    app: app.id,
    payload: {
      token: app.verification_token,
      challenge: world.draw('slack.challenge').chars(BASE62, 52),
      type: 'url_verification',
    },
  });
  return changed;
}

/** Marks the app's address as good where the challenge came back: as text, JSON or a form. */
export function settleVerification(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const app = world.list(apps, { where: (row) => row.verification_token === payload.token }).first();
  if (!app || outcome.failure || outcome.status !== 200) return;
  if (echoed(outcome.body) !== payload.challenge) return;
  world.update(apps, app.id, { events: { ...app.events, verified: true } });
}

function echoed(body: string): unknown {
  const text = body.trim();
  if (text.startsWith('{')) return parsedObject(text)?.challenge;
  return text.startsWith('challenge=') ? new URLSearchParams(text).get('challenge') : text;
}
