/** The kernel's `endpoint`, with this twin's caller. */
import { type Endpoint, type EndpointSpec, endpoint as kernelEndpoint } from '../../src/twin.ts';
import type { OktaActor } from './actor.ts';
import { useApiToken } from './model/org/apiToken.ts';

/** Ties a description to its handler; `params` is typed from the route. An API token is noted to be used. */
export const endpoint = <const R extends string>(
  spec: EndpointSpec & { route: R },
  handle: Parameters<typeof kernelEndpoint<OktaActor, R>>[1],
): Endpoint =>
  kernelEndpoint<OktaActor, R>(spec, (call) => {
    const { world, actor } = call;
    if (actor?.tokenId) useApiToken(world, actor.who, actor.tokenId);
    return handle(call);
  });
