/** SCIM 2.0 as the service speaks it to apps: https://developer.okta.com/docs/reference/scim/scim-20/ */
import type { DeliveryChannel, DeliveryOutcome } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { groupAnswered, groupRequest } from './model/provisioning/groupProvisioning.ts';
import {
  isGood,
  mayRecover,
  type ProvisioningTask,
  type ScimRequest,
  scimHeaders,
  taskAuthorization,
  taskFor,
} from './model/provisioning/provisioningTask.ts';
import { importAnswered, importRequest } from './model/provisioning/userImport.ts';
import { userAnswered, userRequest } from './model/provisioning/userProvisioning.ts';

const CONTENT = 'application/scim+json; charset=utf-8';
const ANSWER_MS = 60_000;
const MINUTE_MS = 60_000;
/** Waits until a service that is busy, broken or away is asked again. */
const RETRIES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS];

/** One question of a provisioning task. What to send is read when it is sent, so that no delivery keeps a secret. */
export const scimChannel: DeliveryChannel = {
  timeoutMs: ANSWER_MS,
  retriesMs: RETRIES_MS,
  request: (world, { payload }) => {
    const task = taskFor(world, payload);
    const method = String(payload.method);
    if (!task) return { method, headers: scimHeaders(undefined), body: '' };
    const { body } = REQUESTS[task.kind](world, task);
    return {
      method,
      headers: scimHeaders(taskAuthorization(world, task), body && CONTENT),
      body: body ? JSON.stringify(body) : '',
    };
  },
  // A refusal is an answer, too: it is dealt with, and asking again would not change it.
  accepted: (outcome) => !mayRecover(outcome),
  replied: (world, { payload, attempt }, outcome) => {
    const task = taskFor(world, payload);
    if (!task || (mayRecover(outcome) && attempt <= RETRIES_MS.length)) return;
    ANSWERED[task.kind](world, task, outcome);
  },
};

type Kind = ProvisioningTask['kind'];

const ANSWERED: Readonly<
  Record<Kind, (world: World, task: ProvisioningTask, outcome: DeliveryOutcome) => void>
> = { user: userAnswered, group: groupAnswered, import: importAnswered };

const REQUESTS: Readonly<Record<Kind, (world: World, task: ProvisioningTask) => ScimRequest>> = {
  user: userRequest,
  group: groupRequest,
  import: (_world, task) => importRequest(task),
};

/** A question whose answer somebody waits for: does the service let Okta in, what is a consent's code good for. */
export const scimTestChannel: DeliveryChannel = {
  timeoutMs: 10_000,
  retriesMs: [],
  request: (_world, { payload: { method, authorization, body, contentType } }) => ({
    method: String(method),
    headers: scimHeaders(authorization as string | undefined, contentType as string | undefined),
    body: String(body ?? ''),
  }),
  accepted: isGood,
};
