/** Ids in the parts of a policy: an index over them tells who names what. */

const ID = /^[0-9A-Za-z]{20}$/;

/** Every id that these values hold, however deep, each once. */
export function idsIn(...values: readonly unknown[]): string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (ID.test(value)) found.add(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  values.forEach(walk);
  return [...found];
}
