/**
 * Attributes of profiles: how they may be defined, and what a value of each may be.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/
 */
import { invalid, refuse } from '../../errors.ts';
import { LOGIN_CHARS_MIN } from '../../limits.ts';

/** One attribute of a profile, in the vendor's JSON Schema dialect. */
export interface Attribute {
  title?: string;
  description?: string;
  type?: string;
  required?: boolean;
  [more: string]: unknown;
}

/** The values of an attribute that has a list of them, with or without names. */
interface Choices {
  type?: unknown;
  enum?: unknown;
  oneOf?: unknown;
}

const TYPES: ReadonlySet<unknown> = new Set(['string', 'boolean', 'integer', 'number', 'array']);
const ITEM_TYPES: ReadonlySet<unknown> = new Set(['string', 'integer', 'number']);
const SCOPES: ReadonlySet<unknown> = new Set(['NONE', 'SELF']);
const MASTERS: ReadonlySet<unknown> = new Set(['OKTA', 'PROFILE_MASTER', 'OVERRIDE']);
const ACTIONS: ReadonlySet<unknown> = new Set(['HIDE', 'READ_ONLY', 'READ_WRITE']);
const MUTABILITIES: ReadonlySet<unknown> = new Set(['READ_WRITE', 'READ_ONLY', 'WRITE_ONLY', 'IMMUTABLE']);
const DEFAULTS = {
  permissions: [{ principal: 'SELF', action: 'READ_ONLY' }],
  master: { type: 'PROFILE_MASTER' },
} as const;

/** What an attribute is after a change, less what was cleared; `old` is what it was. */
export const mergedAttribute = (old: Attribute | undefined, change: Attribute): Attribute =>
  Object.fromEntries(
    Object.entries({ ...old, ...change }).filter(([, value]) => value !== null && value !== undefined),
  );

/**
 * A custom attribute with all that the service fills in. Throws E0000001 for parts that are missing, wrong, or may not
 * change; E0000123 where the names of its values are those of others.
 */
export function completed(
  name: string,
  change: Attribute,
  of: 'user' | 'group' | 'app',
  old?: Attribute,
): Attribute {
  const attribute = mergedAttribute(old, change);
  checkDefinition(name, attribute, old);
  const { title, description, type, required, mutability, scope, unique, permissions, master, ...more } =
    attribute;
  const held: Attribute = {
    title: title as string,
    ...(description === undefined ? {} : { description }),
    type: type as string,
    ...(required ? { required } : {}),
    mutability: mutability ?? 'READ_WRITE',
    scope: scope ?? 'NONE',
    ...(isUnique(attribute) ? { unique: 'UNIQUE_VALIDATED' } : {}),
    ...more,
  };
  if (of === 'app')
    return { ...held, ...(permissions ? { permissions } : {}), master: master ?? DEFAULTS.master };
  return { ...held, permissions: permissions ?? DEFAULTS.permissions, master: master ?? DEFAULTS.master };
}

/** Whether no two may have the same value; clients say it in two ways. */
export const isUnique = ({ unique }: Attribute): boolean => unique === true || unique === 'UNIQUE_VALIDATED';

/** A base attribute after a change: of these, only a few parts may. Throws E0000001 for a wrong value of one. */
export function changedBase(name: string, old: Attribute, change: Attribute): Attribute {
  const { permissions, master, required, title, pattern } = change;
  const now: Attribute = { ...old };
  if (permissions !== undefined) now.permissions = permissions;
  if (master !== undefined) now.master = master;
  if (required !== undefined) now.required = required;
  if (title !== undefined) now.title = title;
  if (pattern !== undefined) now.pattern = pattern;
  if (pattern === null) delete now.pattern;
  checkRights(name, now);
  if (typeof pattern === 'string' && !(name === 'login' && LOGIN_PATTERN.test(pattern)))
    throw invalid(name, `${name}: The pattern is not supported.`);
  // Where any text is a username, the shortest one is no longer given.
  if (name === 'login') now.minLength = now.pattern === '.+' ? 1 : LOGIN_CHARS_MIN;
  if (name === 'login' && required === false) throw invalid(name, `${name}: The attribute is required.`);
  return now;
}

/** Any text, or characters of a set. https://developer.okta.com/docs/reference/api/schemas/#login-pattern-validation */
const LOGIN_PATTERN = /^(\.\+|\[[^[\]]+\]\+)$/;

function checkDefinition(name: string, attribute: Attribute, old: Attribute | undefined): void {
  const bad = (why: string) => invalid(name, `${name}: ${why}`);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw bad('The variable name can only contain letters, digits and underscores.');
  if (!attribute.title) throw bad("'title' can't be empty.");
  if (!TYPES.has(attribute.type)) throw bad('The type is not supported.');
  if (old && old.type !== attribute.type) throw bad('The type of an attribute cannot be changed.');
  checkRights(name, attribute);
  checkRange(name, attribute, 'string', 'minLength', 'maxLength');
  checkRange(name, attribute, 'number', 'minimum', 'maximum');
  checkChoices(name, attribute);
  if (attribute.type === 'array') {
    const items = attribute.items as Choices | undefined;
    if (!ITEM_TYPES.has(items?.type)) throw bad("'items' must have a type of string, number or integer.");
    checkChoices(name, items as Choices);
  } else if (attribute.items !== undefined) throw bad("Only an array has 'items'.");
  if (isUnique(attribute) && (attribute.type === 'array' || attribute.type === 'boolean'))
    throw bad('An attribute of this type cannot be unique.');
  if (attribute.default !== undefined) {
    const cause = wrongValue(name, { ...attribute, required: false }, attribute.default);
    if (cause) throw invalid(name, cause);
  }
}

/** Who may see and change it, who says what it holds, and for whom it is. */
function checkRights(name: string, { permissions, master, scope, mutability }: Attribute): void {
  const bad = (why: string) => invalid(name, `${name}: ${why}`);
  if (scope !== undefined && !SCOPES.has(scope)) throw bad('The scope must be NONE or SELF.');
  if (mutability !== undefined && !MUTABILITIES.has(mutability))
    throw bad('The mutability is not supported.');
  if (master !== undefined) {
    const { type, priority } = (master ?? {}) as { type?: unknown; priority?: unknown };
    if (!MASTERS.has(type)) throw bad('The master must be OKTA, PROFILE_MASTER or OVERRIDE.');
    if (type === 'OVERRIDE' && !Array.isArray(priority)) throw bad('An OVERRIDE master needs a priority.');
  }
  if (permissions === undefined) return;
  if (!Array.isArray(permissions)) throw bad('The permissions must be a list.');
  for (const one of permissions as ({ principal?: unknown; action?: unknown } | null)[])
    if (one?.principal !== 'SELF' || !ACTIONS.has(one.action)) throw bad('The permission is not supported.');
}

function checkRange(name: string, attribute: Attribute, of: string, least: string, most: string): void {
  const [low, high] = [attribute[least], attribute[most]];
  if (low === undefined && high === undefined) return;
  const fits =
    of === 'number' ? attribute.type === 'integer' || attribute.type === of : attribute.type === of;
  if (!fits) throw invalid(name, `${name}: '${least}' and '${most}' are not for this type.`);
  for (const limit of [low, high])
    if (limit !== undefined && typeof limit !== 'number')
      throw invalid(name, `${name}: '${least}' and '${most}' must be numbers.`);
  if (typeof low === 'number' && typeof high === 'number' && low > high)
    throw invalid(name, `${name}: '${least}' must not be greater than '${most}'.`);
}

function checkChoices(name: string, { type, enum: values, oneOf }: Choices): void {
  if (values === undefined && oneOf === undefined) return;
  if (!Array.isArray(values) || values.length === 0)
    throw invalid(name, `${name}: 'enum' must be a list of values.`);
  if (new Set(values).size !== values.length)
    throw invalid(name, `${name}: The values of 'enum' must be unique.`);
  if (values.some((value) => !typeFits(type, value)))
    throw invalid(name, `${name}: The values of 'enum' must be of the type ${String(type)}.`);
  if (oneOf === undefined) return;
  const named = Array.isArray(oneOf) ? oneOf.map((one: { const?: unknown } | null) => one?.const) : [];
  if (named.length !== values.length || named.some((value, i) => value !== values[i]))
    throw refuse('E0000123');
}

/** What is wrong with a value of an attribute, in the vendor's words; undefined where nothing is. */
export function wrongValue(name: string, attribute: Attribute, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '')
    return attribute.required ? `${name}: The field cannot be left blank` : undefined;
  if (!typeFits(attribute.type, value))
    return `${name}: The value is not of the type ${String(attribute.type)}`;
  if (typeof value === 'string')
    return wrongText(name, attribute, value) ?? wrongChoice(name, attribute, value);
  if (typeof value === 'number') {
    const { minimum, maximum } = attribute;
    if (typeof maximum === 'number' && value > maximum) return `${name}: The maximum value is ${maximum}`;
    if (typeof minimum === 'number' && value < minimum) return `${name}: The minimum value is ${minimum}`;
  }
  if (Array.isArray(value)) {
    const items = (attribute.items ?? {}) as Choices;
    if (value.some((item) => !typeFits(items.type, item)))
      return `${name}: The values are not of the type ${String(items.type)}`;
    return value.map((item) => wrongChoice(name, items, item)).find((cause) => cause !== undefined);
  }
  return wrongChoice(name, attribute, value);
}

function wrongText(
  name: string,
  { format, minLength, maxLength }: Attribute,
  value: string,
): string | undefined {
  if (typeof maxLength === 'number' && value.length > maxLength)
    return `${name}: String is too long (${value.length} chars), maximum allowed: ${maxLength}`;
  if (typeof minLength === 'number' && value.length < minLength)
    return `${name}: String is too short (${value.length} chars), minimum required: ${minLength}`;
  const fits = typeof format === 'string' ? FORMATS[format] : undefined;
  return fits && !fits(value) ? `${name}: Does not match required pattern` : undefined;
}

const wrongChoice = (name: string, { enum: values }: Choices, value: unknown): string | undefined =>
  Array.isArray(values) && !values.includes(value)
    ? `${name}: The value is not one of the values that are allowed`
    : undefined;

const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  email: (value) => /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+$/.test(value),
  'country-code': (value) => /^[A-Za-z]{2}$/.test(value),
  'language-code': (value) => /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*(;q=[\d.]+|,.*)?$/.test(value),
  locale: (value) => /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(value),
  timezone: (value) => /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(value),
};

function typeFits(type: unknown, value: unknown): boolean {
  if (type === 'string') return typeof value === 'string';
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number';
  if (type === 'array') return Array.isArray(value);
  return true;
}
