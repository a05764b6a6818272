/**
 * The vendors' own path syntax, compiled once per twin. Fixed segments win over parameters, `{name}:verb` wins over
 * `{name}` (general-purpose routers let a parameter swallow the verb), `{name=**}` comes last.
 */
export interface Route<T> {
  target: T;
  params: Record<string, string>;
}

interface Pattern<T> {
  name: string;
  prefix: string;
  suffix: string;
  node: Node<T>;
}

interface Node<T> {
  fixed: Map<string, Node<T>>;
  patterns: Pattern<T>[];
  /** `{name=**}`: the rest of the path. */
  rest?: { name: string; node: Node<T> };
  targets: Map<string, T>;
}

const node = <T>(): Node<T> => ({ fixed: new Map(), patterns: [], targets: new Map() });
const PARAMETER = /^([^{]*)\{([^}=]+)(=\*\*|=\*)?\}(.*)$/;

export class Router<T> {
  readonly #root = node<T>();

  /** Adds `METHOD[|METHOD] /path`; the first target of a route stays. Says whether the route was new. */
  add(route: string, target: T): boolean {
    const [methods, path] = parseRoute(route);
    let at = this.#root;
    for (const segment of segments(path)) at = step(at, segment);
    let added = false;
    for (const method of methods) {
      if (at.targets.has(method)) continue;
      at.targets.set(method, target);
      added = true;
    }
    return added;
  }

  /** The route for a request; `allowed` holds the methods that the path has where none fits. */
  match(method: string, path: string): Route<T> | { allowed: string[] } {
    const parts = segments(path);
    const allowed = new Set<string>();
    const params: [string, string][] = [];
    const target = walk(this.#root, parts, 0, method, params, allowed);
    if (target !== undefined) return { target, params: Object.fromEntries(params) };
    return { allowed: [...allowed] };
  }
}

/** `'GET|POST /a/{b}'` → `[['GET', 'POST'], '/a/{b}']`. */
export function parseRoute(route: string): [methods: string[], path: string] {
  const space = route.indexOf(' ');
  return [route.slice(0, space).split('|'), route.slice(space + 1)];
}

const segments = (path: string): string[] => path.split('/').slice(1);

function step<T>(at: Node<T>, segment: string): Node<T> {
  const parameter = PARAMETER.exec(segment);
  if (!parameter) {
    const next = at.fixed.get(segment) ?? node<T>();
    at.fixed.set(segment, next);
    return next;
  }
  const [, prefix = '', name = '', wild, suffix = ''] = parameter;
  if (wild === '=**') {
    at.rest ??= { name, node: node<T>() };
    return at.rest.node;
  }
  const known = at.patterns.find(
    (one) => one.prefix === prefix && one.suffix === suffix && one.name === name,
  );
  if (known) return known.node;
  const added = { name, prefix, suffix, node: node<T>() };
  at.patterns.push(added);
  at.patterns.sort((a, b) => b.prefix.length + b.suffix.length - (a.prefix.length + a.suffix.length));
  return added.node;
}

function walk<T>(
  at: Node<T>,
  parts: readonly string[],
  index: number,
  method: string,
  params: [string, string][],
  allowed: Set<string>,
): T | undefined {
  if (index === parts.length) {
    const target = at.targets.get(method);
    if (target === undefined) for (const other of at.targets.keys()) allowed.add(other);
    return target;
  }
  const part = parts[index] as string;
  const fixed = at.fixed.get(part) ?? (part.includes('%') ? at.fixed.get(decode(part)) : undefined);
  const found = fixed && walk(fixed, parts, index + 1, method, params, allowed);
  if (found !== undefined) return found;
  const plain = part.includes('%3A') || part.includes('%3a') ? part.replace(/%3A/gi, ':') : part;
  for (const { prefix, suffix, name, node: next } of at.patterns) {
    const long = plain.length > prefix.length + suffix.length;
    if (!long || !plain.startsWith(prefix) || !plain.endsWith(suffix)) continue;
    params.push([name, decode(plain.slice(prefix.length, plain.length - suffix.length))]);
    const target = walk(next, parts, index + 1, method, params, allowed);
    if (target !== undefined) return target;
    params.pop();
  }
  if (at.rest && part !== '') {
    const target = at.rest.node.targets.get(method);
    params.push([at.rest.name, parts.slice(index).map(decode).join('/')]);
    if (target !== undefined) return target;
    params.pop();
  }
  return undefined;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
