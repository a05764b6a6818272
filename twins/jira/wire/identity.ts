/**
 * Who asks: people's programs by Basic, apps with a person's leave by Bearer, Connect apps by tokens that they sign.
 * https://developer.atlassian.com/cloud/jira/platform/security-overview/
 */
import type { DecodedBody } from '../../../src/body.ts';
import type { Actor, Call } from '../../../src/twin.ts';
import { basicCredentials, header, type WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { missing, refused } from '../errors.ts';
import { appOfJwt } from '../model/apps/connectJwt.ts';
import { issueNamed } from '../model/issues/issueNamed.ts';
import { personOf, siteOf, userByEmail } from '../model/people/people.ts';
import { OPEN_TO_ALL } from '../model/permissions/anonymous.ts';
import { requireVisibleIssue, requireVisibleProject } from '../model/permissions/visible.ts';
import { projectNamed } from '../model/projects/projects.ts';
import { connectApps, oauthApps } from '../world/apps.ts';
import { type ApiToken, apiTokens } from '../world.ts';
import { refuseForgery } from './forgery.ts';

export interface JiraActor extends Actor {
  accountId: string;
  by: 'basic' | 'oauth' | 'connect';
}

/** What stands before the site's own path where a request comes by `api.atlassian.com`. */
export const GATEWAY = /^\/ex\/jira\/([^/]+)(?=\/)/;

/** How tools of development and operations come there: `/jira/builds/0.1/cloud/{cloudId}/bulk`. */
export const TOOLS = /^\/jira\/([a-z]+)\/([\d.]+)\/cloud\/([^/]+)(?=\/)/;

/** The person or app behind a request; undefined for nobody, and for a credential that is not good. */
export function identify(world: World, request: WireRequest): JiraActor | undefined {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)\s*$/.exec(authorizationOf(request) ?? '') ?? [];
  switch (scheme.toLowerCase()) {
    case 'basic':
      return actorOf(world, basicToken(world, request), 'basic');
    case 'bearer':
      return actorOf(world, tokenCalled(world, value, 'accessToken'), 'oauth');
    case 'jwt':
      return guest(world, value, request);
    default:
      return undefined;
  }
}

/** Connect apps may put their token into the query as well. */
function authorizationOf({ headers, query }: WireRequest): string | undefined {
  const said = header(headers, 'authorization');
  if (said !== undefined || !query.includes('jwt=')) return said;
  const token = new URLSearchParams(query).get('jwt');
  return token === null ? undefined : `JWT ${token}`;
}

function actorOf(world: World, token: ApiToken | undefined, by: 'basic' | 'oauth'): JiraActor | undefined {
  const owner = token && personOf(world, token.owner);
  if (!token || !owner?.active || (token.expiresAt !== undefined && world.now() >= token.expiresAt))
    return undefined;
  return {
    label: owner.emailAddress,
    accountId: owner.accountId,
    by,
    ...(token.app === undefined ? {} : { app: token.app }),
    ...(token.scopes === undefined ? {} : { scopes: token.scopes }),
  };
}

const tokenCalled = (world: World, text: string, kind: ApiToken['kind']): ApiToken | undefined =>
  text === ''
    ? undefined
    : world.list(apiTokens, { index: 'token', equals: text, where: (row) => row.kind === kind }).first();

function basicToken(world: World, request: WireRequest): ApiToken | undefined {
  const said = basicCredentials(request.headers);
  const token = said && tokenCalled(world, said.password, 'apiToken');
  const person = said && userByEmail(world, said.name);
  return token && person?.accountId === token.owner.accountId ? token : undefined;
}

function guest(world: World, token: string, request: WireRequest): JiraActor | undefined {
  const app = appOfJwt(world, token, { ...request, path: request.path.replace(GATEWAY, '') });
  if (!app) return undefined;
  return { label: app.key, accountId: app.accountId, app: app.key, by: 'connect' };
}

/** Whether a request that nobody has signed names an app that only this world knows. */
export function recognizes(world: World, request: WireRequest, body: DecodedBody): boolean {
  const named = (fields: Iterable<readonly [string, unknown]>) =>
    [...fields].some(
      ([name, value]) => name === 'client_id' && world.get(oauthApps, String(value)) !== undefined,
    );
  if (named(new URLSearchParams(request.query)) || named(body.fields ?? [])) return true;
  if (typeof body.value === 'object' && body.value !== null && named(Object.entries(body.value))) return true;
  const jwt = /^JWT\s+[^.]+\.([^.]+)\./i.exec(authorizationOf(request) ?? '')?.[1];
  return jwt !== undefined && world.get(connectApps, issuerOf(jwt)) !== undefined;
}

function issuerOf(part: string): string {
  try {
    return String((JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as { iss?: unknown }).iss);
  } catch {
    return '';
  }
}

/** Refuses who is not known, in the words of the door that was knocked at. */
export function authenticate(call: Call<JiraActor>): void {
  const said = authorizationOf(call.request);
  const { platform } = call.endpoint.traits ?? {};
  if (platform !== undefined) {
    if (!call.actor || (platform === 'oauth' && call.actor.by !== 'oauth'))
      throw refused('gatewayUnauthorized');
    return;
  }
  const cloudId = GATEWAY.exec(call.request.path)?.[1] ?? TOOLS.exec(call.request.path)?.[3];
  if (cloudId !== undefined && cloudId !== siteOf(call.world).cloudId) throw refused('tenantNotFound');
  if (cloudId !== undefined && !call.actor) throw refused('gatewayUnauthorized');
  // The site itself takes tokens of OAuth apps for something else; they are good at the gateway only.
  if (cloudId === undefined && /^Bearer\s+eyJ/i.test(said ?? '')) throw refused('notConnectSession');
  refuseForgery(call);
  // An API token with scopes is good at the gateway only, too.
  const misplaced = cloudId === undefined && call.actor?.by === 'basic' && call.actor.scopes !== undefined;
  if (call.actor && !misplaced) return;
  if (said !== undefined)
    throw refused('badCredential', undefined, [
      ['www-authenticate', `OAuth realm="${encodeURIComponent(call.world.base())}"`],
      ['x-seraph-loginreason', 'AUTHENTICATED_FAILED'],
    ]);
  if (call.endpoint.traits?.anonymous !== true && !OPEN_TO_ALL.has(call.endpoint.id)) refuseStranger(call);
}

/** Without a credential a site answers as if what only its people may see were not there. */
function refuseStranger({ endpoint: { route }, params }: Call<JiraActor>): never {
  if (route.includes('/issue/{issueIdOrKey}')) throw refused('issueNotFound');
  const project = params.projectIdOrKey;
  if (project !== undefined && route.includes('/project/{projectIdOrKey}'))
    throw missing(`No project could be found with key '${project}'.`);
  throw refused('unauthorized');
}

/** What a path names must be visible to who asks, and a token with scopes reaches only what they cover. */
export function authorize(call: Call<JiraActor>): void {
  covered(call);
  const { world, params } = call;
  const me = personOf(world, call.actor ?? null);
  const issue = params.issueIdOrKey ?? params.epicIdOrKey;
  if (issue !== undefined && issueNamed(world, issue)) requireVisibleIssue(world, me, issue);
  const project = params.projectIdOrKey ?? params.projectKeyOrId ?? params.projectId;
  if (project !== undefined && projectNamed(world, project)) requireVisibleProject(world, me, project);
}

/** All of the classic scopes, or all of the granular ones. */
function covered(call: Call<JiraActor>): void {
  const held = call.actor?.scopes;
  const wanted = call.endpoint.scopes?.filter((scope) => scope !== '' && scope !== 'Beta=');
  if (!held || !wanted || wanted.length === 0) return;
  const from = wanted.findIndex((scope) => scope.startsWith('Beta='));
  const classic = from < 0 ? wanted : wanted.slice(0, from);
  const granular = from < 0 ? [] : wanted.slice(from).map((scope) => scope.replace(/^Beta=/, ''));
  const holds = (scopes: readonly string[]) =>
    scopes.length > 0 && scopes.every((scope) => held.includes(scope));
  if (!holds(classic) && !holds(granular)) throw refused('scopeMismatch');
}
