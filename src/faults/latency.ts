import { durationMs } from '../duration.ts';
import type { FaultKind } from '../fault.ts';

const ms = { type: ['string', 'number'], format: 'duration-or-ms' };
/** No drawn wait is longer; a lognormal tail has no end of its own. */
const WAIT_MS_MAX = 120_000;

/** The answer takes longer: a fixed time, one drawn evenly, or one with the long tail that real services have. */
export const latency: FaultKind = {
  kind: 'latency',
  says: 'Waits before answering: {fixed} | {uniform: [from, to]} | {lognormal: {median, sigma}} | {pareto: {min, alpha}}.',
  params: {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      fixed: ms,
      uniform: { type: 'array', items: ms, minItems: 2, maxItems: 2 },
      lognormal: {
        type: 'object',
        additionalProperties: false,
        required: ['median', 'sigma'],
        properties: { median: ms, sigma: { type: 'number', exclusiveMinimum: 0, maximum: 5 } },
      },
      pareto: {
        type: 'object',
        additionalProperties: false,
        required: ['min', 'alpha'],
        properties: { min: ms, alpha: { type: 'number', exclusiveMinimum: 0, maximum: 20 } },
      },
    },
  },
  request(effect, params, drawn) {
    effect.delayMs = Math.min(WAIT_MS_MAX, effect.delayMs + waitMs(params, drawn));
  },
};

function waitMs(params: Record<string, unknown>, drawn: { float(): number; normal(): number }): number {
  if (params.fixed !== undefined) return durationMs(params.fixed as string);
  if (params.uniform !== undefined) {
    const [from, to] = (params.uniform as string[]).map(durationMs) as [number, number];
    return from + (to - from) * drawn.float();
  }
  if (params.lognormal !== undefined) {
    const { median, sigma } = params.lognormal as { median: string; sigma: number };
    return durationMs(median) * Math.exp(sigma * drawn.normal());
  }
  const { min, alpha } = params.pareto as { min: string; alpha: number };
  return durationMs(min) / (1 - drawn.float()) ** (1 / alpha);
}
