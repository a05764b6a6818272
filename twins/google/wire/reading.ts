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

const NONE: Schemas = {};
/** Names that protobuf takes for a message's fields, both as JSON and as the `.proto` file spell them. */
const namesOf = new WeakMap<Schemas, Fields>();

export class Reading {
  readonly violations: Violation[] = [];
  readonly #schemas: Schemas;
  readonly #package: string;
  /** Fields and places in lists, from the body down to what is read now: a path is written where one is refused. */
  readonly #steps: (string | number)[] = [];
  #depth = 0;

  constructor(schemas: Schemas, packageName: string) {
    this.#schemas = schemas;
    this.#package = packageName;
  }

  /** A whole body; `boundTo` is the field of the request that it is bound to. */
  root(type: DescribedType, value: unknown, boundTo: string): unknown {
    if (boundTo) this.#steps.push(boundTo);
    if (isObject(value)) return this.#message(type, value);
    return this.#unknown('', 0, 'Root element must be a message.');
  }

  /** One query parameter, which is a field of the request too. */
  parameter(known: Schemas, name: string, value: string): void {
    const field = namesIn(known).get(name);
    const missing = `Cannot bind query parameter. Field '${name}' could not be found in request message.`;
    if (!field) {
      this.#unknown(name, 0, missing);
      return;
    }
    this.#steps.push(field.name);
    this.#scalar(field.type, value, undefined);
    this.#steps.pop();
  }

  #message(type: DescribedType, value: Record<string, unknown>): Record<string, unknown> {
    const fields = namesIn(type.properties ?? NONE);
    const oneof = CHOICES[`${this.#package}.${type.id}`];
    const read: Record<string, unknown> = {};
    const from = this.#steps.length;
    if (++this.#depth > DEPTH_MAX)
      this.#refuse(`Message too deep. Max recursion depth reached for key '${this.#steps.at(-1)}'`);
    else
      for (const said of Object.keys(value)) {
        const [field, inner] = [fields.get(said), value[said]];
        if (!field) this.#unknown(said, from, 'Cannot find field.');
        else if (inner !== null || isAny(field.type)) this.#set(read, field, inner, type, oneof);
      }
    this.#depth--;
    return read;
  }

  #set(
    read: Record<string, unknown>,
    { name, type }: { name: string; type: DescribedType },
    value: unknown,
    owner: DescribedType,
    oneof: string | undefined,
  ): void {
    if (oneof !== undefined && !(name in read) && Object.keys(read).length > 0) {
      const why = `oneof field '${oneof}' is already set. Cannot set '${name}'`;
      this.#refuse(`Invalid value at '${this.#path()}' (oneof), ${why}`);
      return;
    }
    const from = this.#steps.push(name) - 1;
    read[name] =
      type.type === 'array' ? this.#list(type, value, from, owner) : this.#value(type, value, from, owner);
    this.#steps.length = from;
  }

  /** One value in the place of a list is a list of one; nothing in a list counts as not said. */
  #list(type: DescribedType, value: unknown, from: number, owner: DescribedType): unknown {
    const items = type.items ?? {};
    if (!Array.isArray(value)) return [this.#value(items, value, from, owner)];
    const kept = isListValue(items) ? value : value.filter((item) => item !== null);
    const place = this.#steps.length;
    return kept.map((item: unknown, i) => {
      this.#steps.length = place;
      this.#steps.push(i);
      return this.#value(items, item, from, owner);
    });
  }

  /** A value of the field at step `from`, which is `owner`'s. */
  #value(type: DescribedType, value: unknown, from: number, owner: DescribedType): unknown {
    if (isAny(type)) return value;
    if (isListValue(type)) return this.#listValue(value);
    const message = type.$ref === undefined ? undefined : this.#schemas[type.$ref];
    if (Array.isArray(value)) return this.#unknown(String(this.#steps[from]), from, NO_LIST);
    if (!isObject(value))
      return message
        ? this.#wrong(`type.googleapis.com/${this.#package}.${message.id ?? ''}`, value)
        : this.#scalar(type, value, owner);
    if (message) return this.#message(message, value);
    if (type.additionalProperties) return this.#map(type.additionalProperties, value, from, owner);
    return this.#unknown(String(this.#steps[from]), from, NO_OBJECT);
  }

  #map(
    type: DescribedType,
    value: Record<string, unknown>,
    from: number,
    owner: DescribedType,
  ): Record<string, unknown> {
    const entries = Object.entries(value).filter(([, inner]) => inner !== null);
    const place = this.#steps.length;
    return Object.fromEntries(
      entries.map(([key, inner], i) => {
        this.#steps.length = place;
        this.#steps.push(i, 'value');
        return [key, this.#value(type, inner, from, owner)];
      }),
    );
  }

  /** A line of a spreadsheet's values: `google.protobuf.ListValue`. */
  #listValue(value: unknown): unknown {
    if (Array.isArray(value)) return value;
    return this.#wrong('type.googleapis.com/google.protobuf.ListValue', value);
  }

  #scalar(type: DescribedType, value: unknown, owner: DescribedType | undefined): unknown {
    const name = this.#steps.findLast((step) => typeof step === 'string') ?? '';
    const read: Scalar = scalarOf(type, value, name);
    if (read.ok) return read.value;
    return this.#wrong(type.enum ? this.#enumName(name, type, owner) : read.proto, value, read.why);
  }

  /** Descriptions leave an enum's own name out: one that several messages share stands alone, else in its message. */
  #enumName(name: string, type: DescribedType, owner: DescribedType | undefined): string {
    const capital = name.charAt(0).toUpperCase() + name.slice(1);
    const known = ENUMS[`${owner?.id ?? ''}.${name}`] ?? ENUMS[name];
    const alone = owner === undefined || ALONE.has(type.enum?.join() ?? '');
    return `type.googleapis.com/${this.#package}.${known ?? (alone ? capital : `${owner.id}.${capital}`)}`;
  }

  #wrong(proto: string, value: unknown, why: string = JSON.stringify(value)): undefined {
    this.#refuse(`Invalid value at '${this.#path()}' (${proto}), ${why}`);
  }

  /** A name that the message at the first `from` steps does not have, or not so. */
  #unknown(name: string, from: number, why: string): undefined {
    const at = from > 0 ? ` at '${this.#path(from)}'` : '';
    this.#refuse(`Invalid JSON payload received. Unknown name "${name}"${at}: ${why}`, from);
  }

  #refuse(description: string, from: number = this.#steps.length): void {
    if (this.violations.length < VIOLATIONS_MAX)
      this.violations.push({ ...(from > 0 ? { field: this.#path(from) } : {}), description });
  }

  /** The first steps as refusals write them: `requests[0].insert_text`. */
  #path(count: number = this.#steps.length): string {
    return this.#steps
      .slice(0, count)
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${snakeCase(step)}`))
      .join('')
      .slice(1);
  }
}

/** Messages of which one field may be set, and what the `.proto` file calls the choice; descriptions leave it out. */
const CHOICES: Readonly<Record<string, string>> = {
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

function namesIn(types: Schemas): Fields {
  const known = namesOf.get(types);
  if (known) return known;
  const made: Fields = new Map(
    Object.entries(types).flatMap(([name, type]) => [
      [name, { name, type }],
      [snakeCase(name), { name, type }],
    ]),
  );
  namesOf.set(types, made);
  return made;
}

/** A field's name as the `.proto` file and the reader's refusals spell it. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isAny = ({ type }: DescribedType): boolean => type === 'any';
const isListValue = ({ type, items }: DescribedType): boolean => type === 'array' && items?.type === 'any';
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
