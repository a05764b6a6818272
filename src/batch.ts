/** One request that carries others: each is served by itself, in order, and one answer is made of theirs. */
import type { WireReply, WireRequest } from './wire.ts';

/** A handler's answer that waits for the answers to `requests`; `combine` makes the reply of them, in their order. */
export class Batch {
  constructor(
    readonly requests: readonly WireRequest[],
    readonly combine: (replies: readonly WireReply[]) => unknown,
  ) {}
}

/** `batch(requests, combine)`: answer with what comes of other requests to the same twin. */
export const batch = (
  requests: readonly WireRequest[],
  combine: (replies: readonly WireReply[]) => unknown,
): Batch => new Batch(requests, combine);

/** What a fault that cuts the connection leaves of one request among others. */
const CUT: WireReply = { status: 503, headers: [], body: undefined };

/**
 * The reply of a request that carries others, once `serve` (the pipeline) has answered them and `run` made a reply of the
 * value that they combine to; any other is whole as it is.
 */
export function whole(
  worked: WireReply | Batch,
  serve: (request: WireRequest) => Plan | Promise<Plan>,
  run: (value: unknown) => WireReply,
): WireReply | Promise<WireReply> {
  if (!(worked instanceof Batch)) return worked;
  return answered(worked.requests, serve).then((replies) => run(worked.combine(replies)));
}

type Plan = { reply: WireReply } | { cut: string };

async function answered(
  requests: readonly WireRequest[],
  serve: (request: WireRequest) => Plan | Promise<Plan>,
): Promise<WireReply[]> {
  const replies: WireReply[] = [];
  for (const request of requests) {
    const plan = await serve(request);
    replies.push('reply' in plan ? plan.reply : CUT);
  }
  return replies;
}
