/** The kernel's `endpoint`, with this twin's caller. */
import { type Endpoint, type EndpointSpec, endpoint as kernelEndpoint } from '../../src/twin.ts';
import type { OktaActor } from './actor.ts';

/** Ties a description to its handler; `params` is typed from the route. */
export const endpoint = <const R extends string>(
  spec: EndpointSpec & { route: R },
  handle: Parameters<typeof kernelEndpoint<OktaActor, R>>[1],
): Endpoint => kernelEndpoint<OktaActor, R>(spec, handle);
