/** Faults as people write them: preset names, durations as text, wall-clock-free windows. */
import { durationMs } from './duration.ts';
import { ApiError } from './error.ts';
import type { FaultInput } from './fault.ts';
import { FAULT_KINDS } from './faults/index.ts';
import type { Twin } from './twin.ts';
import { pointer, sentence, violations } from './validate.ts';

/** A fault by kind, or a preset with what is to differ from it. */
export interface FaultText extends Omit<FaultInput, 'kind' | 'window'> {
  kind?: string;
  preset?: string;
  window?: { from?: string | number; for?: string | number };
}

const duration = { type: ['string', 'number'], format: 'duration-or-ms' } as const;
const label = { type: 'string', minLength: 1, maxLength: 200 } as const;

/** JSON Schema of one fault as people write it; published under `/v1/schemas/faults`. */
export const FAULT_SCHEMA: Record<string, unknown> = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['kind'] }, { required: ['preset'] }],
  properties: {
    id: label,
    kind: { enum: [...FAULT_KINDS.keys()] },
    preset: label,
    match: {
      type: 'object',
      additionalProperties: false,
      properties: {
        twin: label,
        operation: label,
        actor: label,
        when: { type: 'string', minLength: 1, maxLength: 4_000 },
      },
    },
    probability: { type: 'number', minimum: 0, maximum: 1 },
    skip: { type: 'integer', minimum: 0 },
    count: { type: 'integer', minimum: 1 },
    window: { type: 'object', additionalProperties: false, properties: { from: duration, for: duration } },
    params: { type: 'object' },
    seed: { type: 'integer' },
  },
};

/**
 * The kernel's faults for one that a person wrote. Throws an ApiError (422) whose `data.errors` say what is wrong:
 * unknown preset, params that the kind does not take, an error name that the vendor does not have.
 */
export function faultsFrom(text: FaultText, twins: readonly Twin[]): FaultInput[] {
  refuse(
    violations(FAULT_SCHEMA, text).map((error) => ({ pointer: pointer(error), detail: sentence(error) })),
  );
  const { preset, window, ...own } = text;
  const timed = window ? { ...own, window: milliseconds(window) } : own;
  const faults = preset === undefined ? [timed as FaultInput] : fromPreset(preset, timed, twins);
  for (const fault of faults) checkParams(fault, twins);
  return faults;
}

function fromPreset(name: string, own: Partial<FaultInput>, twins: readonly Twin[]): FaultInput[] {
  const twin = twins.find((one) => Object.hasOwn(one.presets, name));
  const preset = twin?.presets[name];
  if (!twin || !preset) {
    const known = twins.flatMap((one) => Object.keys(one.presets)).join(', ');
    refuse([{ pointer: '/preset', detail: `there is no preset ${name}; there are ${known}` }]);
    return [];
  }
  return preset.map((fault, i) => ({
    ...fault,
    ...own,
    ...(own.id && preset.length > 1 ? { id: `${own.id}-${i + 1}` } : {}),
    match: { twin: twin.name, ...fault.match, ...own.match },
    params: { ...fault.params, ...own.params },
  }));
}

function checkParams(fault: FaultInput, twins: readonly Twin[]): void {
  const kind = FAULT_KINDS.get(fault.kind);
  if (!kind) return refuse([{ pointer: '/kind', detail: `there is no kind ${fault.kind}` }]);
  const errors = violations(kind.params, fault.params ?? {});
  refuse(errors.map((error) => ({ pointer: `/params${pointer(error)}`, detail: sentence(error) })));
  const name = fault.params?.name;
  if (typeof name !== 'string') return;
  const asked = twins.filter((twin) => fault.match?.twin === undefined || twin.name === fault.match.twin);
  if (!asked.some((twin) => twin.wire.errorNamed(name, fault.params ?? {})))
    refuse([
      {
        pointer: '/params/name',
        detail: `${asked.map((twin) => twin.name).join(', ')}: no error is named ${name}`,
      },
    ]);
}

const milliseconds = (window: NonNullable<FaultText['window']>): NonNullable<FaultInput['window']> => ({
  ...(window.from === undefined ? {} : { from: durationMs(window.from) }),
  ...(window.for === undefined ? {} : { for: durationMs(window.for) }),
});

function refuse(errors: readonly { pointer: string; detail: string }[]): void {
  if (errors.length > 0)
    throw new ApiError({
      name: 'invalid-fault',
      status: 422,
      message: 'the fault cannot be put in',
      data: { errors },
    });
}
