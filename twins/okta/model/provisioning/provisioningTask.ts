/**
 * What Okta has to tell the service of an app, one thing at a time for each user or pushed group: asks, reads the
 * answer, asks on. A failed task stays until somebody retries it or the thing changes again.
 */
import { isRecord, parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { stamp } from '../../time.ts';
import { provisioningTasks } from '../../world/apps.ts';
import { authorizationOf, liveConnection } from './appConnection.ts';
import type { Resource } from './scimResource.ts';

/** One question to the service. */
export type Ask = 'find' | 'create' | 'read' | 'replace' | 'patch' | 'rename' | 'delete' | 'list';

/** What Okta wants of the service, by what the System Log calls it. */
export type Goal =
  | 'push'
  | 'profile'
  | 'deactivate'
  | 'password'
  | 'group'
  | 'members'
  | 'removeGroup'
  | 'import';

/** A task; its key is the app and what it is about (a user, a group push mapping, `import`). */
export interface ProvisioningTask {
  appId: string;
  id: string;
  kind: 'user' | 'group' | 'import';
  goal: Goal;
  status: 'IN_PROGRESS' | 'FAILED';
  /** What is still to be asked; the first is under way. */
  asks: readonly Ask[];
  /** The service's own id of the thing, once known. */
  externalId: string | null;
  /** The thing as the service last told it. */
  copy: Resource;
  /** Counts the questions, so that an answer to an old one is nobody's. */
  run: number;
  /** What came up meanwhile, or is wanted by this task. */
  wish: Wish;
  name: string;
  since: string;
  error?: string;
}

/** Changes that are still to be told. */
export interface Wish {
  profile?: boolean;
  password?: string;
  /** The user went: the service's id of them. */
  left?: string;
}

/** A request to the service, less credentials. */
export interface ScimRequest {
  method: string;
  path: string;
  body?: Resource;
}

/** Puts the first question of a task under way. Nothing is asked where the app is not connected (any more). */
export function ask(world: World, task: ProvisioningTask, { method, path }: ScimRequest): void {
  const connection = liveConnection(world, task.appId);
  if (!connection) {
    world.remove(provisioningTasks, keyOf(task));
    return;
  }
  const run = world.next('okta.provisioning');
  world.put(provisioningTasks, { ...task, run });
  world.emit({
    channel: 'scim',
    event: `scim.${task.kind}.${task.asks[0]}`,
    to: `${connection.baseUrl}${path}`,
    app: task.appId,
    payload: { method, task: keyOf(task), run },
  });
}

/** The task that an answer is for; undefined where it is an old one's. */
export function taskFor(
  world: World,
  payload: Readonly<Record<string, unknown>>,
): ProvisioningTask | undefined {
  const task = world.get(provisioningTasks, String(payload.task));
  return task?.run === payload.run && task?.status === 'IN_PROGRESS' ? task : undefined;
}

/** The headers of a request to an app's service. */
export function scimHeaders(authorization: string | undefined, contentType?: string): Record<string, string> {
  return {
    accept: 'application/scim+json',
    'accept-charset': 'utf-8',
    ...(contentType ? { 'content-type': contentType } : {}),
    'user-agent': 'Okta SCIM Client 1.0.0',
    ...(authorization ? { authorization } : {}),
  };
}

/** The header by which a task's app lets Okta in. */
export function taskAuthorization(world: World, task: ProvisioningTask): string | undefined {
  const connection = liveConnection(world, task.appId);
  return connection && authorizationOf(connection);
}

/** Gives a task up, with why; it waits for somebody. */
export const giveUp = (world: World, task: ProvisioningTask, error: string): ProvisioningTask =>
  world.put(provisioningTasks, { ...task, status: 'FAILED', error });

/** A task that begins. */
export const newTask = (
  world: World,
  task: Omit<ProvisioningTask, 'status' | 'copy' | 'run' | 'since'>,
): ProvisioningTask => ({ ...task, status: 'IN_PROGRESS', copy: {}, run: 0, since: stamp(world.now()) });

export const keyOf = ({ appId, id }: Pick<ProvisioningTask, 'appId' | 'id'>): string => `${appId}/${id}`;

/** Whether the service did what it was asked. */
export const isGood = ({ status, failure }: DeliveryOutcome): boolean =>
  failure === undefined && status >= 200 && status < 300;

/** Whether it may do so later: it is busy, broken, or not there. */
export const mayRecover = ({ status, failure }: DeliveryOutcome): boolean =>
  failure !== undefined || status === 429 || status >= 500;

/** What the service says went wrong. */
export function whyNot({ status, failure, body }: DeliveryOutcome): string {
  if (failure !== undefined) return `Remote server did not answer (${failure})`;
  const detail = parsedObject(body)?.detail;
  const said = REASONS[status] ?? `HTTP ${status}`;
  return typeof detail === 'string' ? `${said}. Errors reported by remote server: ${detail}` : said;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** The first of the resources that a list answer holds. A service may say that it has none by a 404, too. */
export function firstFound({ status, body }: DeliveryOutcome): Resource | undefined {
  const { Resources: found } = (status === 404 ? undefined : parsedObject(body)) ?? {};
  const first: unknown = Array.isArray(found) ? found[0] : undefined;
  return isRecord(first) && idOf(first) !== null ? first : undefined;
}

/** The service's own id of a resource. */
export const idOf = ({ id }: Resource): string | null =>
  typeof id === 'string' || typeof id === 'number' ? String(id) : null;

/** The path that looks for a resource by its name. */
export const lookUp = (resources: string, attribute: string, name: string): string =>
  `/${resources}?filter=${encodeURIComponent(`${attribute} eq "${name.replace(/["\\]/g, '\\$&')}"`)}&startIndex=1&count=100`;

/** Apps that an administrator made by hand are sent whole resources; those of the catalogue take changes. */
export const takesPatches = (appName: string): boolean => !/_\d+$/.test(appName);
