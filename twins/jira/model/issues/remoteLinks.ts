/**
 * Links from issues to the world outside.
 * https://developer.atlassian.com/server/jira/platform/fields-in-remote-issue-links/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, missing } from '../../errors.ts';
import { LINKS_PER_ISSUE_MAX, REMOTE_LINK_CHARS_MAX, REMOTE_URL_CHARS_MAX } from '../../limits.ts';
import { type Issue, type RemoteLink, remoteLinks, type User } from '../../world.ts';
import { isNumeric } from '../ids.ts';
import { tellChange } from '../webhooks/issueNews.ts';
import { touch } from './comments.ts';
import { item, record } from './history.ts';

type Json = Record<string, unknown>;

/** An issue's links to other places. */
export const remoteLinksOf = (world: World, issueId: string): RemoteLink[] =>
  world.list(remoteLinks, { index: 'issue', equals: issueId }).toArray();

/** The remote link with this id on an issue; 404 in the vendor's words. */
export function requireRemoteLink(world: World, issue: Issue, id: string): RemoteLink {
  const found = isNumeric(id) ? world.get(remoteLinks, sortable(Number(id))) : undefined;
  if (!found || found.issueId !== issue.id) throw missing(`The remote link with id ${id} was not found.`);
  return found;
}

/**
 * Adds a remote link, or puts it in the place of the one with its id or `globalId`. Says whether it is new. `badFields`
 * for a missing or wrong part.
 */
export function putRemoteLink(
  world: World,
  issue: Issue,
  user: User,
  input: Json,
  id?: string,
): { link: RemoteLink; created: boolean } {
  const sent = read(input);
  const others = remoteLinksOf(world, issue.id);
  const known =
    id !== undefined
      ? requireRemoteLink(world, issue, id)
      : others.find((one) => sent.globalId !== undefined && one.globalId === sent.globalId);
  if (
    others.some((one) => one.id !== known?.id && one.globalId !== undefined && one.globalId === sent.globalId)
  )
    throw badFields({ globalId: 'A remote link with this global id already exists for this issue.' });
  if (!known && others.length >= LINKS_PER_ISSUE_MAX)
    throw badFields({ link: `An issue takes at most ${LINKS_PER_ISSUE_MAX} remote links.` });
  const link = world.put(remoteLinks, {
    id: known?.id ?? 9_999 + world.next('jira.remoteLink'),
    issueId: issue.id,
    ...sent,
  });
  if (known) touch(world, issue);
  else tell(world, issue, user, link, true);
  return { link, created: !known };
}

export function deleteRemoteLink(world: World, issue: Issue, user: User, id: string): void {
  remove(world, issue, user, requireRemoteLink(world, issue, id));
}

/** Takes away the link that a program knows by its own id. */
export function deleteRemoteLinkByGlobalId(world: World, issue: Issue, user: User, globalId: string): void {
  const found = remoteLinksOf(world, issue.id).find((one) => one.globalId === globalId);
  if (!found) throw missing(`The remote link with global id ${globalId} was not found.`);
  remove(world, issue, user, found);
}

function remove(world: World, issue: Issue, user: User, link: RemoteLink): void {
  world.remove(remoteLinks, sortable(link.id));
  tell(world, issue, user, link, false);
}

/** Writes into the changelog that a link came or went. */
function tell(world: World, issue: Issue, user: User, link: RemoteLink, came: boolean): void {
  const name = (link.application as { name?: string } | undefined)?.name;
  const title = `"${String(link.object.title)}${name ? ` (${name})` : ''}"`;
  const label = [String(link.id), `This work item ${link.relationship ?? 'links to'} ${title}`] as const;
  const [from, to] = came ? [NOTHING, label] : [label, NOTHING];
  touch(world, issue);
  tellChange(world, user, record(world, issue.id, user, [item('RemoteWorkItemLink', undefined, from, to)]));
}

const NOTHING = [null, null] as const;

/** The parts of a link, each of its kind; nothing else is kept. */
function read(input: Json): Omit<RemoteLink, 'id' | 'issueId'> {
  const errors: Record<string, string> = {};
  const text = (holder: Json, key: string, max = REMOTE_LINK_CHARS_MAX): Json => {
    const value = holder[key];
    if (value === undefined || value === null) return {};
    if (typeof value !== 'string') errors[key] ??= `'${key}' must be a string.`;
    else if (value.length > max) errors[key] ??= `'${key}' must not exceed ${max} characters.`;
    return { [key]: value };
  };
  const part = (holder: Json, key: string): Json | undefined => {
    const value = holder[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object' && !Array.isArray(value)) return value as Json;
    errors[key] ??= `'${key}' must be an object.`;
    return undefined;
  };
  const icon = (holder: Json): Json => {
    const sent = part(holder, 'icon');
    if (!sent) return {};
    const urls = {
      ...text(sent, 'url16x16', REMOTE_URL_CHARS_MAX),
      ...text(sent, 'link', REMOTE_URL_CHARS_MAX),
    };
    return { icon: { ...urls, ...text(sent, 'title') } };
  };
  const status = (holder: Json): Json => {
    const sent = part(holder, 'status');
    if (!sent) return {};
    if (sent.resolved !== undefined && typeof sent.resolved !== 'boolean')
      errors.resolved ??= "'resolved' must be a boolean.";
    return { status: { ...(sent.resolved === undefined ? {} : { resolved: sent.resolved }), ...icon(sent) } };
  };
  const object = part(input, 'object') ?? {};
  for (const key of ['title', 'url'])
    if (object[key] === undefined || object[key] === null || object[key] === '')
      errors[key] = `'${key}' is required.`;
  const application = part(input, 'application');
  const shown = {
    ...text(object, 'url', REMOTE_URL_CHARS_MAX),
    ...text(object, 'title'),
    ...text(object, 'summary', REMOTE_URL_CHARS_MAX),
    ...icon(object),
    ...status(object),
  };
  if (errors.url === undefined && !URL.canParse(String(object.url)))
    errors.url = "'url' must be a valid URI.";
  const result = {
    ...text(input, 'globalId'),
    ...(application ? { application: { ...text(application, 'type'), ...text(application, 'name') } } : {}),
    ...text(input, 'relationship'),
    object: shown,
  };
  if (Object.keys(errors).length > 0) throw badFields(errors);
  return result;
}
