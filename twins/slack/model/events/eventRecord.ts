/**
 * How many events an app was sent in the last hour and how many it took: what Slack holds back, and when it sends no
 * more. https://docs.slack.dev/apis/events-api/#rate-limiting, #failure-limits
 */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { EVENT_FAILURES_SHARE_MAX, EVENTS_PER_HOUR_FORGIVEN, EVENTS_PER_HOUR_MAX } from '../../limits.ts';
import { type App, apps } from '../../world.ts';
import { eventsAddress } from '../apps/app.ts';

/** One minute of one app. */
interface Minute {
  app: string;
  /** Since the epoch. */
  minute: number;
  /** Events that were sent off, where their number is limited. */
  sent: number;
  /** Events that were tried for the first time by HTTP. */
  events: number;
  attempts: number;
  failures: number;
  /** The app was told in this minute that there were too many. */
  told?: boolean;
}

// Bookkeeping, nothing of the workspace's: diffs and journals do not show it.
const minutes = table<Minute>({ name: '_slackEventMinutes', key: (row) => keyOf(row.app, row.minute) });

const keyOf = (app: string, minute: number): string => `${app}/${String(minute).padStart(9, '0')}`;
const HOUR_MINUTES = 60;
const MINUTE_MS = 60_000;

/** Whether one more event may be sent to an app; where not, the app is told so, once a minute. */
export function admitEvent(world: World, app: App, team: string): boolean {
  const limit = limitOf(world);
  if (limit === undefined) return true;
  const sent = lastHour(world, app.id).reduce((sum, row) => sum + row.sent, 0);
  if (sent < limit) {
    note(world, app.id, (row) => ({ ...row, sent: row.sent + 1 }));
    return true;
  }
  const now = current(world, app.id);
  if (!now.told) {
    world.put(minutes, { ...now, told: true });
    tellLimited(world, app, team, now.minute * 60);
  }
  return false;
}

/**
 * Counts an attempt by HTTP. Where nearly all of the last hour's failed, and there were enough of them to say so, the
 * app hears of nothing more.
 */
export function noteAttempt(world: World, id: string, first: boolean, took: boolean): void {
  note(world, id, (row) => ({
    ...row,
    events: row.events + (first ? 1 : 0),
    attempts: row.attempts + 1,
    failures: row.failures + (took ? 0 : 1),
  }));
  if (took) return;
  const app = world.get(apps, id);
  if (!app || app.events.disabled) return;
  const hour = lastHour(world, id);
  const sum = (of: 'events' | 'attempts' | 'failures') => hour.reduce((all, row) => all + row[of], 0);
  if (sum('events') < EVENTS_PER_HOUR_FORGIVEN) return;
  if (sum('failures') <= sum('attempts') * EVENT_FAILURES_SHARE_MAX) return;
  world.update(apps, id, { events: { ...app.events, disabled: true } });
}

/** Has an app hear of events again; what failed until now counts no more. */
export function resumeEvents(world: World, app: App): App {
  for (const row of world.list(minutes, { prefix: `${app.id}/` }).toArray())
    world.remove(minutes, keyOf(row.app, row.minute));
  const { disabled: _, ...events } = app.events;
  return world.update(apps, app.id, { events });
}

function limitOf({ rateLimits }: World): number | undefined {
  if (rateLimits === 'off') return undefined;
  return rateLimits === 'vendor' ? EVENTS_PER_HOUR_MAX : rateLimits.Events;
}

function tellLimited(world: World, app: App, team: string, since: number): void {
  world.emit({
    channel: 'events',
    event: 'app_rate_limited',
    to: eventsAddress(app) as string,
    app: app.id,
    payload: {
      token: app.verification_token,
      type: 'app_rate_limited',
      team_id: team,
      minute_rate_limited: since,
      api_app_id: app.id,
    },
  });
}

const minuteOf = (world: World): number => Math.floor(world.now() / MINUTE_MS);

const current = (world: World, app: string): Minute =>
  world.get(minutes, keyOf(app, minuteOf(world))) ?? {
    app,
    minute: minuteOf(world),
    sent: 0,
    events: 0,
    attempts: 0,
    failures: 0,
  };

/** Changes the row of this minute; those that are older than an hour go. */
function note(world: World, app: string, change: (row: Minute) => Minute): void {
  const known = current(world, app);
  if (!world.get(minutes, keyOf(app, known.minute)))
    for (const old of world
      .list(minutes, { to: keyOf(app, known.minute - HOUR_MINUTES), from: `${app}/` })
      .toArray())
      world.remove(minutes, keyOf(old.app, old.minute));
  world.put(minutes, change(known));
}

const lastHour = (world: World, app: string): Minute[] =>
  world.list(minutes, { from: keyOf(app, minuteOf(world) - HOUR_MINUTES + 1), to: `${app}/~` }).toArray();
