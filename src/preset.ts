/** Faults as people write them: preset names, durations as text, wall-clock-free windows. */
import { durationMs } from './duration.ts';
import { ApiError } from './error.ts';
import { type FaultInput, globMatches } from './fault.ts';
import { FAULT_KINDS } from './faults/index.ts';
import { didYouMean } from './suggest.ts';
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
  oneOf: [{ required: ['kind'] }, { required: ['preset'] }],
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
  const misshapen = violations(FAULT_SCHEMA, text).filter((error) => error.keyword !== 'anyOf');
  if (misshapen.length > 0)
    throw refusal(misshapen.map((error) => ({ pointer: pointer(error), detail: sentence(error) })));
  const { preset, window, ...own } = text;
  const timed = window ? { ...own, window: milliseconds(window) } : own;
  const faults = preset === undefined ? [timed as FaultInput] : fromPreset(preset, timed, twins);
  const wrong = faults.flatMap((fault) => wrongs(fault, twins));
  if (wrong.length > 0) throw refusal(wrong);
  return faults;
}

function fromPreset(name: string, own: Partial<FaultInput>, twins: readonly Twin[]): FaultInput[] {
  const twin = twins.find((one) => Object.hasOwn(one.presets, name));
  const preset = twin?.presets[name];
  if (!twin || !preset) {
    const known = twins.flatMap((one) => Object.keys(one.presets));
    const meant = didYouMean(name, known) || `; there are ${known.join(', ')}`;
    throw refusal([{ pointer: '/preset', detail: `there is no preset ${name}${meant}` }]);
  }
  return preset.map((fault, i) => ({
    ...fault,
    ...own,
    ...(own.id && preset.length > 1 ? { id: `${own.id}-${i + 1}` } : {}),
    match: { twin: twin.name, ...fault.match, ...own.match },
    params: { ...fault.params, ...own.params },
  }));
}

/** What is wrong with a fault beyond its shape: params of its kind, and names that nobody has. */
function wrongs(fault: FaultInput, twins: readonly Twin[]): Wrong[] {
  const kind = FAULT_KINDS.get(fault.kind);
  if (!kind) return [{ pointer: '/kind', detail: `there is no kind ${fault.kind}` }];
  const wrong = violations(kind.params, fault.params ?? {}).map((error) => ({
    pointer: `/params${pointer(error)}`,
    detail: sentence(error),
  }));
  const { twin, operation } = fault.match ?? {};
  const names = twins.map((one) => one.name);
  if (twin !== undefined && !names.includes(twin)) {
    const detail = `there is no twin ${twin}${didYouMean(twin, names)}; there are ${names.join(', ')}`;
    return [...wrong, { pointer: '/match/twin', detail }];
  }
  const asked = twins.filter((one) => twin === undefined || one.name === twin);
  if (operation !== undefined && kind.request) wrong.push(...unknownOperation(operation, asked));
  if (typeof fault.params?.name === 'string')
    wrong.push(...unknownError(fault.params.name, fault.params, asked));
  return wrong;
}

/** A fault on an operation that nobody has would never hit, and nobody would be told. */
function unknownOperation(operation: string, twins: readonly Twin[]): Wrong[] {
  const ids = twins.flatMap((twin) => [...twin.endpoints, ...twin.operations].map((one) => one.id));
  if (operation === 'unknown' || ids.some((id) => globMatches(operation, id))) return [];
  const detail = `no operation of ${namesOf(twins)} is ${operation}${didYouMean(operation, ids)}`;
  return [{ pointer: '/match/operation', detail }];
}

/** Vendors’ catalogues are asked by name only, so what was meant is looked for among ways to write it. */
function unknownError(name: string, params: Record<string, unknown>, twins: readonly Twin[]): Wrong[] {
  const has = (one: string) => twins.some((twin) => twin.wire.errorNamed(one, params));
  if (twins.length === 0 || has(name)) return [];
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[\s_-]+/);
  const camel = words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)));
  const ways = [words.join('_'), words.join(''), camel.join(''), name.toUpperCase(), words.join('-')];
  const meant = ways.find(has);
  const detail = `no error of ${namesOf(twins)} is named ${name}${meant ? ` (did you mean ${meant}?)` : ''}`;
  return [{ pointer: '/params/name', detail }];
}

const namesOf = (twins: readonly Twin[]): string => twins.map((twin) => twin.name).join(', ');

const milliseconds = (window: NonNullable<FaultText['window']>): NonNullable<FaultInput['window']> => ({
  ...(window.from === undefined ? {} : { from: durationMs(window.from) }),
  ...(window.for === undefined ? {} : { for: durationMs(window.for) }),
});

interface Wrong {
  pointer: string;
  detail: string;
}

const refusal = (errors: readonly Wrong[]): ApiError =>
  new ApiError({
    name: 'invalid-fault',
    status: 422,
    message: 'the fault cannot be put in',
    data: { errors },
  });
