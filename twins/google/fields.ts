/**
 * Partial answers: `fields=files(id,name),nextPageToken`, `a/b`, `a.b`, `*`. One grammar for the older APIs'
 * `fields` parameter and for protobuf field masks in bodies.
 * https://developers.google.com/workspace/drive/api/guides/fields-parameter
 */

/** A selection: `all`, or the named parts of it. `*` names every part. */
export interface Mask {
  all: boolean;
  parts: Map<string, Mask>;
}

const TOKEN = /\s*([A-Za-z0-9_*-]+|[(),/.])\s*/y;
const DEPTH_MAX = 30;

/** The selection that `text` means, or undefined where it cannot be read. */
export function parseFields(text: string): Mask | undefined {
  const tokens = tokenize(text);
  if (!tokens || tokens.length === 0) return undefined;
  const root: Mask = { all: false, parts: new Map() };
  const end = readList(tokens, 0, root, 0);
  return end === tokens.length ? root : undefined;
}

/** The parts of `value` that `mask` selects; lists keep their length. */
export function project(value: unknown, mask: Mask): unknown {
  if (mask.all || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => project(item, mask));
  const kept: Record<string, unknown> = {};
  const star = mask.parts.get('*');
  for (const name of Object.keys(value)) {
    const part = mask.parts.get(name) ?? star;
    // What is not selected is not looked at: views compute some fields only then.
    const inner = part && (value as Record<string, unknown>)[name];
    if (part && inner !== undefined) kept[name] = project(inner, part);
  }
  return kept;
}

/** The selection below `name`, if `mask` reaches it. */
export function below(mask: Mask | undefined, name: string): Mask | undefined {
  if (!mask) return undefined;
  if (mask.all) return mask;
  return mask.parts.get(name) ?? mask.parts.get('*');
}

/**
 * `target` with the masked fields taken from `source`: set where `source` has them, cleared where it has not.
 * Lists and values are replaced whole.
 */
export function assign<T extends object>(target: T, source: object, mask: Mask): T {
  const result = { ...target } as Record<string, unknown>;
  const from = source as Record<string, unknown>;
  if (mask.all || mask.parts.has('*')) return { ...from } as T;
  for (const [name, part] of mask.parts) {
    const now = result[name];
    const next = from[name];
    if (part.all) result[name] = next;
    else if (isPlain(now) || isPlain(next))
      result[name] = assign(isPlain(now) ? now : {}, isPlain(next) ? next : {}, part);
    if (result[name] === undefined || result[name] === null) delete result[name];
  }
  return result as T;
}

const isPlain = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    tokens.push(match[1] as string);
  }
  return tokens;
}

/** Reads `path, path(list), …` into `mask`; gives the index behind it, or -1. */
function readList(tokens: readonly string[], from: number, mask: Mask, depth: number): number {
  let at = from;
  for (;;) {
    at = readPath(tokens, at, mask, depth);
    if (at < 0 || tokens[at] !== ',') return at;
    at++;
  }
}

function readPath(tokens: readonly string[], from: number, mask: Mask, depth: number): number {
  if (depth > DEPTH_MAX) return -1;
  const name = tokens[from];
  if (name === undefined || '(),/.'.includes(name)) return -1;
  const part: Mask = mask.parts.get(name) ?? { all: false, parts: new Map() };
  mask.parts.set(name, part);
  const next = tokens[from + 1];
  if (next === '/' || next === '.') return readPath(tokens, from + 2, part, depth + 1);
  if (next === '(') {
    const end = readList(tokens, from + 2, part, depth + 1);
    return end >= 0 && tokens[end] === ')' ? end + 1 : -1;
  }
  part.all = true;
  return from + 1;
}
