/** Protobuf's JSON reader over described types: one reading, with all that it found wrong. */
import type { DescribedType } from './description.ts';
import { type Scalar, scalarOf } from './scalar.ts';

/** One thing wrong, as `BadRequest.fieldViolations` says it. */
export interface Violation {
  field?: string;
  description: string;
}

type Schemas = Readonly<Record<string, DescribedType>>;
type Fields = ReadonlyMap<string, { name: string; type: DescribedType }>;

/** Levels of messages, as protobuf's reader bounds them. */
const DEPTH_MAX = 64;
/** Refusals of one body; the rest says nothing new. */
const VIOLATIONS_MAX = 200;
const NO_LIST = 'Proto field is not repeating, cannot start list.';
const NO_OBJECT = 'Starting an object on a scalar field';

/** Names that protobuf takes for a message's fields, both as JSON and as the `.proto` file spell them. */
const fieldsOf = new WeakMap<DescribedType, Fields>();

export class Reading {
  readonly violations: Violation[] = [];
  readonly #schemas: Schemas;
  readonly #package: string;
  #depth = 0;

  constructor(schemas: Schemas, packageName: string) {
    this.#schemas = schemas;
    this.#package = packageName;
  }

  /** A whole body; `path` is the field of the request that it is bound to. */
  root(type: DescribedType, value: unknown, path: string): unknown {
    if (isObject(value)) return this.#message(type, value, path);
    this.#unknown('', '', 'Root element must be a message.');
    return undefined;
  }

  /** One query parameter, which is a field of the request too. */
  parameter(known: Schemas, name: string, value: string): void {
    const field = namesIn(known).get(name);
    if (!field)
      this.#unknown(
        name,
        '',
        `Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
    else this.#scalar(field.type, value, snakeCase(field.name), field.name, undefined);
  }

  #message(type: DescribedType, value: Record<string, unknown>, path: string): Record<string, unknown> {
    const fields = namesOf(type);
    const read: Record<string, unknown> = {};
    if (++this.#depth > DEPTH_MAX) {
      this.#refuse(path, `Message too deep. Max recursion depth reached for key '${lastOf(path)}'`);
      this.#depth--;
      return read;
    }
    for (const [said, inner] of Object.entries(value)) {
      const field = fields.get(said);
      if (!field) this.#unknown(said, path, 'Cannot find field.');
      else if (inner !== null || isAny(field.type)) this.#set(read, field, inner, path, type);
    }
    this.#depth--;
    return read;
  }

  #set(
    read: Record<string, unknown>,
    { name, type }: { name: string; type: DescribedType },
    value: unknown,
    path: string,
    owner: DescribedType,
  ): void {
    const oneof = ONEOFS[`${this.#package}.${owner.id}`];
    if (oneof !== undefined && Object.keys(read).length > 0 && !(name in read)) {
      const description = `oneof field '${oneof}' is already set. Cannot set '${name}'`;
      this.#refuse(path, `Invalid value at '${path}' (oneof), ${description}`);
      return;
    }
    const place = path ? `${path}.${snakeCase(name)}` : snakeCase(name);
    const got = type.type === 'array' ? this.#list(type, value, place, name, path, owner) : undefined;
    read[name] = type.type === 'array' ? got : this.#value(type, value, { place, name, path, owner });
  }

  /** One value in the place of a list is a list of one; nothing in a list counts as not said. */
  #list(
    type: DescribedType,
    value: unknown,
    place: string,
    name: string,
    path: string,
    owner: DescribedType,
  ): unknown {
    const items = type.items ?? {};
    if (!Array.isArray(value)) return [this.#value(items, value, { place, name, path, owner })];
    const kept = isListValue(items) ? value : value.filter((item) => item !== null);
    return kept.map((item: unknown, i) =>
      this.#value(items, item, { place: `${place}[${i}]`, name, path, owner }),
    );
  }

  #value(
    type: DescribedType,
    value: unknown,
    at: { place: string; name: string; path: string; owner: DescribedType },
  ): unknown {
    if (isAny(type)) return value;
    if (isListValue(type)) return this.#listValue(value, at.place);
    const message = type.$ref === undefined ? undefined : this.#schemas[type.$ref];
    if (Array.isArray(value)) return this.#unknown(at.name, at.path, NO_LIST);
    if (type.additionalProperties && isObject(value)) return this.#map(type.additionalProperties, value, at);
    if (!message) {
      if (isObject(value)) return this.#unknown(at.name, at.path, NO_OBJECT);
      return this.#scalar(type, value, at.place, at.name, at.owner);
    }
    if (isObject(value)) return this.#message(message, value, at.place);
    return this.#wrong(at.place, `type.googleapis.com/${this.#package}.${message.id ?? ''}`, value);
  }

  #map(
    type: DescribedType,
    value: Record<string, unknown>,
    at: { place: string; name: string; path: string; owner: DescribedType },
  ): Record<string, unknown> {
    const entries = Object.entries(value).filter(([, inner]) => inner !== null);
    return Object.fromEntries(
      entries.map(([key, inner], i) => [
        key,
        this.#value(type, inner, { ...at, place: `${at.place}[${i}].value` }),
      ]),
    );
  }

  /** A line of a spreadsheet's values: `google.protobuf.ListValue`. */
  #listValue(value: unknown, place: string): unknown {
    if (Array.isArray(value)) return value;
    return this.#wrong(place, 'type.googleapis.com/google.protobuf.ListValue', value);
  }

  #scalar(
    type: DescribedType,
    value: unknown,
    place: string,
    name: string,
    owner: DescribedType | undefined,
  ): unknown {
    const read: Scalar = scalarOf(type, value, name);
    if (read.ok) return read.value;
    const proto = type.enum ? this.#enumName(name, type, owner) : read.proto;
    const said = read.why ?? JSON.stringify(value);
    this.#refuse(place, `Invalid value at '${place}' (${proto}), ${said}`);
    return undefined;
  }

  /** Descriptions leave an enum's own name out: one that several messages share stands alone, else in its message. */
  #enumName(name: string, type: DescribedType, owner: DescribedType | undefined): string {
    const capital = name.charAt(0).toUpperCase() + name.slice(1);
    const known = ENUMS[`${owner?.id ?? ''}.${name}`] ?? ENUMS[name];
    const alone = owner === undefined || ALONE.has(type.enum?.join() ?? '');
    return `type.googleapis.com/${this.#package}.${known ?? (alone ? capital : `${owner.id}.${capital}`)}`;
  }

  #wrong(place: string, proto: string, value: unknown): undefined {
    this.#refuse(place, `Invalid value at '${place}' (${proto}), ${JSON.stringify(value)}`);
  }

  #unknown(name: string, path: string, why: string): undefined {
    const at = path ? ` at '${path}'` : '';
    this.#refuse(path, `Invalid JSON payload received. Unknown name "${name}"${at}: ${why}`);
  }

  #refuse(field: string, description: string): void {
    if (this.violations.length < VIOLATIONS_MAX)
      this.violations.push({ ...(field ? { field } : {}), description });
  }
}

/** Messages of which one field may be set, and what the `.proto` file calls the choice; descriptions leave it out. */
const ONEOFS: Readonly<Record<string, string>> = {
  'google.apps.docs.v1.Request': 'request',
  'google.apps.sheets.v4.Request': 'kind',
  'google.apps.sheets.v4.ExtendedValue': 'value',
};

/** Names of enums that do not follow from their fields' names, as the reader's refusals have shown them. */
const ENUMS: Readonly<Record<string, string>> = {
  majorDimension: 'Dimension',
  dimension: 'Dimension',
  shiftDimension: 'Dimension',
  responseValueRenderOption: 'ValueRenderOption',
  responseDateTimeRenderOption: 'DateTimeRenderOption',
  valueRenderOption: 'ValueRenderOption',
  dateTimeRenderOption: 'DateTimeRenderOption',
  valueInputOption: 'ValueInputOption',
  insertDataOption: 'InsertDataOption',
  namedStyleType: 'NamedStyleType',
  'PieChartSpec.legendPosition': 'PieChartSpec.PieChartLegendPosition',
  'BasicChartSpec.legendPosition': 'BasicChartLegendPosition',
  'BasicChartSpec.chartType': 'BasicChartType',
  'BooleanCondition.type': 'ConditionType',
  'SheetProperties.sheetType': 'SheetType',
};

/** Values of enums that stand alone though their fields' names differ. */
const ALONE: ReadonlySet<string> = new Set(['SORT_ORDER_UNSPECIFIED,ASCENDING,DESCENDING']);

function namesOf(type: DescribedType): Fields {
  const known = fieldsOf.get(type);
  if (known) return known;
  const made = namesIn(type.properties ?? {});
  fieldsOf.set(type, made);
  return made;
}

const namesIn = (types: Schemas): Fields =>
  new Map(
    Object.entries(types).flatMap(([name, type]) => [
      [name, { name, type }],
      [snakeCase(name), { name, type }],
    ]),
  );

/** A field's name as the `.proto` file and the reader's refusals spell it. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const lastOf = (path: string): string => path.split('.').at(-1) ?? '';
const isAny = ({ type }: DescribedType): boolean => type === 'any';
const isListValue = ({ type, items }: DescribedType): boolean => type === 'array' && items?.type === 'any';
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
