/** What a scenario draws once per trial: people of the cast, choices, texts, durations, by keyed randomness. */
import type { Faker } from '@faker-js/faker';
import { mustDurationMs } from './duration.ts';
import { type Expression, expressions, type Names } from './expression.ts';
import type { CastMember } from './host.ts';
import { keyed, keyedPick, keyedUnit } from './keyed.ts';
import type { Draw } from './scenario.ts';

/** Names that a `where` over people may use. What was drawn before goes first where it has such a name. */
export const PERSON_FIELDS = [
  'email',
  'name',
  'title',
  'department',
  'manager',
  'firstName',
  'lastName',
] as const;

/** A draw with its expression compiled. */
export interface PreparedDraw {
  name: string;
  draw: Draw;
  expression?: Expression;
}

/** Raised when nobody in the cast fits, or a name does not exist: the scenario's fault, so `unknown: harness`. */
export class CannotDraw extends Error {}

/** Compiles the draws in order; each sees the names before it. Throws `BadExpression`. */
export function prepareDraw(name: string, draw: Draw, before: readonly string[]): PreparedDraw {
  if (!('person' in draw)) return { name, draw };
  const { where, is } = draw.person;
  if (where !== undefined) {
    return { name, draw, expression: expressions([...PERSON_FIELDS, ...before]).compile(where) };
  }
  return is === undefined ? { name, draw } : { name, draw, expression: expressions(before).compile(is) };
}

/** All values of a trial by name. `seed` is the trial's; equal seed, cast and draws give equal values. */
export async function drawAll(
  draws: readonly PreparedDraw[],
  cast: readonly CastMember[],
  seed: number,
): Promise<Record<string, unknown>> {
  const names: Record<string, unknown> = {};
  for (const draw of draws) names[draw.name] = await drawOne(draw, cast, seed, names);
  return names;
}

async function drawOne(
  { name, draw, expression }: PreparedDraw,
  cast: readonly CastMember[],
  seed: number,
  names: Names,
): Promise<unknown> {
  if ('person' in draw) return drawPerson(name, draw.person, expression, cast, seed, names);
  if ('oneOf' in draw) return keyedPick(draw.oneOf, seed, 'given', name);
  if ('fake' in draw) return fake(draw.fake, keyed(seed, 'given', name));
  if ('duration' in draw) {
    if (typeof draw.duration === 'string') return seconds(mustDurationMs(draw.duration));
    const [from, to] = draw.duration.uniform.map(mustDurationMs) as [number, number];
    return seconds(from + keyedUnit(seed, 'given', name) * (to - from));
  }
  if ('number' in draw) {
    const [from, to] = draw.number.uniform;
    const value = from + keyedUnit(seed, 'given', name) * (to - from);
    return Number.isInteger(from) && Number.isInteger(to) ? Math.round(value) : value;
  }
  return draw.value;
}

function drawPerson(
  name: string,
  draw: { where?: string; is?: string },
  expression: Expression | undefined,
  cast: readonly CastMember[],
  seed: number,
  names: Names,
): CastMember {
  if (draw.is !== undefined) {
    const value = expression?.evaluate(undefined, names);
    const email = typeof value === 'string' ? value : (value as CastMember | undefined)?.email;
    const person = cast.find((member) => member.email === email);
    if (!person) throw new CannotDraw(`${name}: "${draw.is}" is ${String(email)}, who is nobody in the cast`);
    return withAllFields(person);
  }
  const fits = cast.filter((member) => {
    return !expression || expression.evaluate(undefined, { ...withAllFields(member), ...names }) === true;
  });
  if (fits.length === 0)
    throw new CannotDraw(`${name}: nobody of ${cast.length} people fits "${draw.where ?? ''}"`);
  return withAllFields(keyedPick(fits, seed, 'given', name));
}

/** Absent fields are null, so that an expression may ask for them. */
function withAllFields(member: CastMember): CastMember {
  const [firstName = '', ...rest] = member.name.split(' ');
  return {
    ...member,
    firstName: member.firstName ?? firstName,
    lastName: member.lastName ?? rest.join(' '),
    title: member.title ?? '',
    department: member.department ?? '',
    manager: member.manager ?? null,
  };
}

/** A duration as text that both our parser and CEL's `duration()` read. */
function seconds(ms: number): string {
  return `${Math.round(ms) / 1000}s`;
}

async function fake(method: string, seed: number): Promise<unknown> {
  const { faker } = await import('@faker-js/faker/locale/en');
  faker.seed(seed);
  // Dates must not depend on the day of the run.
  faker.setDefaultRefDate('2026-01-01T00:00:00.000Z');
  const [module = '', name = ''] = method.split('.');
  const maker = (faker[module as keyof Faker] as unknown as Record<string, unknown> | undefined)?.[name];
  if (typeof maker !== 'function') throw new CannotDraw(`faker has no method "${method}"`);
  const value: unknown = maker();
  return value instanceof Date ? value.toISOString() : value;
}
