/** SMTP servers of the org's own, one of which may send its mails. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { emailServers } from '../world/delivery.ts';
import { recordChange, type Who } from './log.ts';

/** A server in the vendor's shape; its password is never shown. */
export interface EmailServer {
  alias: string;
  host: string;
  port: number;
  id: string;
  username: string;
  enabled: boolean;
}

export type EmailServerInput = Partial<Omit<EmailServer, 'id'>> & { password?: string };

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/EmailServer/ */
const SERVERS_MAX = 10;
const PORT_MAX = 65_535;

/** The server with this id, or E0000007. */
export const findEmailServer = (world: World, id: string): EmailServer =>
  world.require(emailServers, id, () => notFound(id, 'EmailServer'));

/** Adds a server. Throws E0000001 for missing parts, E0000222 for a second enabled one, E0000225 for too many. */
export function createEmailServer(world: World, who: Who, input: EmailServerInput | undefined): EmailServer {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { alias, host, port, username, enabled = false, password } = input;
  for (const [part, value] of Object.entries({ alias, host, port, username, password }))
    if (value === undefined || value === '') throw blank(part);
  checkPort(port);
  if (world.list(emailServers).toArray().length >= SERVERS_MAX)
    throw refuse('E0000225', { args: [String(SERVERS_MAX)] });
  if (enabled) checkOnly(world);
  const row = world.insert(emailServers, {
    alias: alias as string,
    host: host as string,
    port: port as number,
    id: newId(world, 'ces'),
    username: username as string,
    enabled,
  });
  log(world, who, 'create', row);
  return row;
}

/** Changes the parts that are sent. */
export function updateEmailServer(
  world: World,
  who: Who,
  id: string,
  input: EmailServerInput | undefined,
): EmailServer {
  const old = findEmailServer(world, id);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { password: _, ...parts } = input;
  checkPort(parts.port ?? old.port);
  if (parts.enabled && !old.enabled) checkOnly(world, id);
  const row = world.update(emailServers, id, parts);
  log(world, who, 'update', row);
  return row;
}

/** Removes a server. */
export function deleteEmailServer(world: World, who: Who, id: string): void {
  const row = findEmailServer(world, id);
  world.remove(emailServers, id);
  log(world, who, 'delete', row);
}

function checkPort(port: number | undefined): void {
  if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > PORT_MAX)
    throw invalid('port', 'port: The port is not valid');
}

function checkOnly(world: World, own?: string): void {
  if (world.list(emailServers, { where: (one) => one.enabled && one.id !== own }).first())
    throw refuse('E0000222');
}

function log(world: World, who: Who, verb: string, row: EmailServer): void {
  const thing = { id: row.id, type: 'CustomEmailServer', name: row.alias };
  recordChange(world, who, `system.custom_email_server.lifecycle.${verb}`, `Email server ${verb}`, thing);
}
