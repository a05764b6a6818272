/** Bodies that have one thing of another type in them, made from a body that is right. */

/** A body with one of its parts replaced, and how it differs. */
export interface Mutation {
  /** `channel.config.uri = 5`. */
  says: string;
  body: unknown;
}

const WRONG: readonly unknown[] = [null, 5, 'x', true, [], [null], ['x'], [{}], {}, { x: 1 }];

/** Every part of `body`, the whole among them, in turn replaced by null, a number, a text, an array and an object. */
export function mutations(body: unknown): Mutation[] {
  const all: Mutation[] = [];
  for (const path of paths(body))
    for (const wrong of WRONG)
      all.push({ says: `${path.join('.')} = ${JSON.stringify(wrong)}`, body: replaced(body, path, wrong) });
  return all;
}

function paths(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => paths(inner).map((path) => [key, ...path]))];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], wrong: unknown): unknown {
  if (step === undefined) return wrong;
  if (Array.isArray(value))
    return value.map((inner, i) => (String(i) === step ? replaced(inner, rest, wrong) : inner));
  const held = value as Record<string, unknown>;
  return { ...held, [step]: replaced(held[step], rest, wrong) };
}
