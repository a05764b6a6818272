/**
 * Socket Mode: addresses that are good for one connection, and how long a connection lives.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
import { ApiError } from '../../../../src/error.ts';
import { BASE62 } from '../../../../src/ids.ts';
import { socketAddress } from '../../../../src/socket/kind.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  LINK_SECONDS,
  LINK_SECONDS_DEBUG,
  LINK_TICKET_MS,
  LINK_TICKETS_MAX,
  LINK_WARNING_MS,
} from '../../limits.ts';
import { type App, apps, type Json, type Token, tokens } from '../../world.ts';

/** Leave to connect once. */
interface Ticket {
  ticket: string;
  app: string;
  /** The app-level token that it was given for. */
  token: string;
  /** Universe milliseconds. */
  expires_at: number;
  nth: number;
}

/** A connection that is open, and the timer that will end it. */
interface Link {
  app: string;
  connection: string;
  timer: string;
}

// What comes and goes with connections is nothing of the workspace's: diffs and journals do not show these tables.
const tickets = table<Ticket>({
  name: '_slackTickets',
  secret: true,
  key: (row) => row.ticket,
  indexes: { app: (row) => `${row.app}/${String(row.nth).padStart(9, '0')}` },
});
const links = table<Link>({ name: '_slackLinks', key: (row) => `${row.app}/${row.connection}` });

export const LINK_PATH = '/link/';
export const LINK_TIMER = 'refreshLink';

/** A ticket for the app of an app-level token; those that are too old or too many go. */
export function newTicket(world: World, actor: Token): string {
  const nth = world.next('slack.ticket');
  const waiting = world.list(tickets, { index: 'app', prefix: `${actor.app}/` }).toArray();
  for (const [i, old] of waiting.entries())
    if (old.expires_at <= world.now() || i <= waiting.length - LINK_TICKETS_MAX)
      world.remove(tickets, old.ticket);
  const ticket = world.secret(['slack.ticket', actor.app, nth, world.now()], 36, BASE62);
  const expires = world.now() + LINK_TICKET_MS;
  world.insert(tickets, { ticket, app: actor.app, token: actor.token, expires_at: expires, nth });
  return ticket;
}

/** The ticket, if it is good. */
export function ticketOf(world: World, text: string | null): Ticket | undefined {
  const ticket = text ? world.get(tickets, text) : undefined;
  return ticket && ticket.expires_at > world.now() ? ticket : undefined;
}

/**
 * Uses a ticket up and gives the token that it is for: an app's own for Socket Mode, another for a stream. Throws
 * `invalid_ticket` (HTTP 403).
 */
export function useTicket(world: World, text: string | null, mode: 'link' | 'stream'): Token {
  const ticket = ticketOf(world, text);
  const token = ticket && world.get(tokens, ticket.token);
  if (!ticket || !token || (token.kind === 'app') !== (mode === 'link'))
    throw new ApiError({ name: 'invalid_ticket', status: 403 });
  world.remove(tickets, ticket.ticket);
  return token;
}

/** How long a connection will live, in seconds. */
export const lifeSeconds = (debug: boolean): number => (debug ? LINK_SECONDS_DEBUG : LINK_SECONDS);

/** Has a connection warned, and ended, when its time is up. */
export function keep(world: World, app: string, connection: string, debug: boolean): void {
  forget(world, app, connection);
  const endsAt = world.now() + lifeSeconds(debug) * 1_000;
  const timer = world.schedule(endsAt - LINK_WARNING_MS, LINK_TIMER, { app, connection, warned: false });
  world.insert(links, { app, connection, timer });
}

/** A connection is gone. */
export function forget(world: World, app: string, connection: string): void {
  const link = world.get(links, `${app}/${connection}`);
  if (!link) return;
  world.cancel(link.timer);
  world.remove(links, `${app}/${connection}`);
}

/** What the timer does: first the warning, then the end. */
export function refresh(world: World, due: { app: string; connection: string; warned: boolean }): void {
  const { app, connection, warned } = due;
  const link = world.get(links, `${app}/${connection}`);
  if (!link) return;
  tellLinks(world, app, warned ? 'refresh_requested' : 'warning', connection);
  if (warned) return void world.remove(links, `${app}/${connection}`);
  const timer = world.schedule(world.now() + LINK_WARNING_MS, LINK_TIMER, { ...due, warned: true });
  world.update(links, `${app}/${connection}`, { timer });
}

/** Switches Socket Mode on or off; off, the app's connections end. */
export function setSocketMode(world: World, app: App, on: boolean): App {
  const changed = world.update(apps, app.id, { socket_mode: on });
  if (!on) tellLinks(world, app.id, 'link_disabled');
  return changed;
}

/** Why a connection is to end. */
export type Farewell = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** A `disconnect` message. */
export const disconnect = (reason: Farewell): Json => ({
  type: 'disconnect',
  reason,
  debug_info: { host: 'applink-1' },
});

function tellLinks(world: World, app: string, reason: Farewell, connection?: string): void {
  world.emit({
    channel: 'links',
    event: 'disconnect',
    to: socketAddress(app, connection),
    app,
    payload: disconnect(reason),
  });
}
