/**
 * A question to a program in the middle of a transaction. The transaction is thrown away, the program is called, and
 * the work begins anew: what models do stays synchronous and atomic, and nothing of the first try is left behind.
 */
import type { DeliveryOutcome, EventInput } from './twin.ts';
import type { HeaderMap } from './wire.ts';

/** Programs that one exchange may wait for. */
export const ASKED_MAX = 12;

/** What programs answered in one exchange, by the names of the questions. */
export type Answers = ReadonlyMap<string, DeliveryOutcome>;
export const NO_ANSWERS: Answers = new Map();

/** The request that a transaction answers. */
export interface Behind {
  /** Which of the universe's exchanges it is, from 1. */
  exchange: number;
  method: string;
  /** With its query. */
  path: string;
  headers: HeaderMap;
  answers: Answers;
}

/** Thrown by `World.ask` where there is no answer yet; only the pipeline catches it. */
export class Asked extends Error {
  override readonly name = 'Asked';

  constructor(
    readonly question: string,
    readonly request: EventInput,
  ) {
    super(`${question} was asked where nobody waits for the answer`);
  }
}
