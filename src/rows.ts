/** Whether rows from elsewhere can be taken: what is found and fired by them must not stumble over them later. */
import { deliveries } from './outbox.ts';
import { keysOf, type Table } from './table.ts';
import type { Twin } from './twin.ts';
import { violations } from './validate.ts';
import { NEWS_TIMER, wiring } from './wiring.ts';
import { counters, timers } from './world/world.ts';

/** Milliseconds since the epoch, as far as dates go. */
const instant = { type: 'number', minimum: 0, maximum: 8_640_000_000_000_000 };
const text = { type: 'string', minLength: 1 };

/** The kernel acts on its own rows by itself, with no request behind it. */
const KERNEL_ROWS: ReadonlyMap<unknown, Record<string, unknown>> = new Map<unknown, Record<string, unknown>>([
  [counters, { required: ['name', 'count'], properties: { name: text, count: { type: 'integer' } } }],
  [
    timers,
    {
      required: ['id', 'at', 'twin', 'name', 'payload'],
      properties: { id: text, at: instant, twin: text, name: text, payload: { type: 'object' } },
    },
  ],
  [
    deliveries,
    {
      required: [
        'id',
        'twin',
        'channel',
        'event',
        'to',
        'payload',
        'status',
        'attempts',
        'createdAt',
        'dueAt',
      ],
      properties: {
        ...{ id: text, twin: text, channel: text, event: text, to: text, createdAt: instant, dueAt: instant },
        status: { enum: ['due', 'delivered', 'failed', 'dropped'] },
        attempts: { type: 'integer', minimum: 0 },
      },
    },
  ],
  [
    wiring,
    {
      required: ['from', 'to', 'lagMs'],
      properties: { from: text, to: text, lagMs: { type: 'number', minimum: 0 } },
    },
  ],
]);

/** What is wrong with a row of `table`, in words that follow its place; undefined where it can be taken. */
export function misfit(table: Table<object>, row: object, twins: readonly Twin[]): string | undefined {
  try {
    const key: unknown = table.key(row);
    if (typeof key !== 'string' || key === '') return 'has no key';
    for (const index of table.indexes) keysOf(index, row);
    for (const text of table.texts) text.terms(row);
  } catch {
    return `is no row of ${table.name}: a field that it is found by is missing`;
  }
  const shape = KERNEL_ROWS.get(table);
  if (!shape) return undefined;
  const [wrong] = violations(shape, row);
  if (wrong)
    return `is no row of ${table.name}: ${wrong.instancePath} ${wrong.message}`.replace(/ {2}/g, ' ');
  return strayed(table, row as { twin?: string; name?: string; channel?: string }, twins);
}

/** Whom a timer or a delivery is for must be here. */
function strayed(
  table: Table<object>,
  { twin, name = '', channel = '' }: { twin?: string; name?: string; channel?: string },
  twins: readonly Twin[],
): string | undefined {
  const whose = twins.find((one) => one.name === twin);
  if (table === (timers as unknown)) {
    if (twin === '_' ? name === 'deliver' : whose && knowsTimer(whose, name)) return undefined;
    return `is for ${twin} ${name}, which is no timer`;
  }
  if (table === (deliveries as unknown) && !(whose && Object.hasOwn(whose.wire.channels, channel)))
    return `is for ${twin} ${channel}, which is no way for events`;
  return undefined;
}

const knowsTimer = (twin: Twin, name: string): boolean =>
  name === NEWS_TIMER ? twin.hears !== undefined : Object.hasOwn(twin.timers, name);
