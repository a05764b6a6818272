/** One entry of a journal as a row: when, who, what, how it ended, how long it took, what was wrong on purpose. */
import type { Child } from 'hono/jsx';
import type { EntryKind, ShownEntry } from '../../entry.ts';

/** The head of a table of entries. */
export function JournalHead() {
  return (
    <tr>
      <th>Time</th>
      <th>Twin</th>
      <th class="opt">Who</th>
      <th>What</th>
      <th>Came to</th>
      <th class="n opt">ms</th>
      <th class="opt">On purpose</th>
    </tr>
  );
}

/** Columns of the table. */
export const COLUMNS = 7;

/** A row that leads to the entry's own page, and opens in place where there is a script. */
export function JournalRow({ universe, entry }: { universe: string; entry: ShownEntry }) {
  const { seq, kind } = entry;
  const said = SAID[kind](entry);
  const faults = faultsOf(entry);
  return (
    <tr data-seq={String(seq)} class={`kind-${kind}`}>
      <td>
        <time datetime={String(entry.at)} title={`${entry.at}, entry ${seq}`}>
          {String(entry.at).slice(11, 19)}
        </time>
      </td>
      <td>{entry.twin ? <span class="badge">{String(entry.twin)}</span> : ''}</td>
      <td class="opt cut who-cell">{said.who ?? ''}</td>
      <td class="fill">
        <a href={`/console/u/${universe}/journal/${seq}`} data-entry="">
          {said.what}
        </a>
        {said.more ? <span class="dim small"> {said.more}</span> : ''}
      </td>
      <td>{said.outcome ?? ''}</td>
      <td class="n opt">{said.ms === undefined ? '' : msText(said.ms)}</td>
      <td class="opt">
        {faults.map((id) => (
          <span class="badge warn" title="a fault that was put in acted">
            {id}
          </span>
        ))}
        {entry.gap ? <span class="badge warn">gap</span> : ''}
      </td>
    </tr>
  );
}

interface Said {
  who?: string;
  what: string;
  more?: string;
  outcome?: Child;
  ms?: number;
}

type Detail = ShownEntry & Record<string, unknown>;
const TEXT_CHARS_MAX = 160;
const text = (value: unknown): string => {
  const whole = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return whole.length > TEXT_CHARS_MAX ? `${whole.slice(0, TEXT_CHARS_MAX)}…` : whole;
};
const msText = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

const faultsOf = ({ fault }: Detail): string[] => (Array.isArray(fault) ? fault.map(String) : []);

const SAID: Readonly<Record<EntryKind, (entry: Detail) => Said>> = {
  exchange: (entry) => {
    const response = entry.response as { status: number } | null;
    const how = response ? ({ ok: 'ok', fail: 'bad' }[String(entry.outcome)] ?? '') : 'bad';
    return {
      who: text(entry.actor) || 'nobody',
      what: text(entry.operation),
      more: `${entry.method} ${text(entry.path)}`,
      outcome: <span class={`badge ${how}`}>{response ? refusalOf(entry, response.status) : 'cut off'}</span>,
      ms: Number(entry.ms),
    };
  },
  delivery: (entry) => {
    const status = Number(entry.status);
    const good = status >= 200 && status < 300;
    const retry = entry.nextAttemptAt ? `again at ${String(entry.nextAttemptAt).slice(11, 19)}` : '';
    const attempt = Number(entry.attempt) > 1 ? `attempt ${entry.attempt}` : '';
    return {
      who: 'event',
      what: `→ ${text(entry.event)}`,
      more: [text(entry.to), attempt, retry].filter(Boolean).join(' · '),
      outcome: (
        <span class={`badge ${good ? 'ok' : 'bad'}`}>{good ? status : text(entry.failure) || status}</span>
      ),
    };
  },
  gesture: (entry) => ({
    who: `${text(entry.as)}${entry.by === 'operator' ? ', by hand' : ''}`,
    what: `☞ ${text(entry.gesture)}`,
    more: text(entry.with),
    outcome: <span class="badge ok">done</span>,
  }),
  fault: (entry) => {
    const put = entry.fault as { kind?: string; match?: { operation?: string } } | undefined;
    if (entry.lifted !== undefined)
      return { what: `fault ${text(entry.lifted)} lifted`, more: `hit ${entry.hits} times` };
    return {
      what: `fault ${text(entry.put)} put in`,
      more: [put?.kind, put?.match?.operation].filter(Boolean).join(' on '),
    };
  },
  clock: (entry) => {
    if (entry.advanced !== undefined)
      return {
        what: `time moved on by ${durationText(Number(entry.advanced))}`,
        more: `to ${text(entry.now)}`,
      };
    const { mode, now } = (entry.set ?? {}) as { mode?: string; now?: string };
    return { what: `clock set: ${mode ?? ''}`, more: now ?? '' };
  },
  state: (entry) => {
    const changes = (entry.changes ?? []) as { twin: string; table: string; key: string }[];
    const names = changes.slice(0, 3).map(({ table, key }) => `${table} ${text(key)}`);
    return {
      what: changes.length === 1 ? '1 row changed' : `${changes.length} rows changed`,
      more: names.join(', ') + (changes.length > 3 ? ' …' : ''),
    };
  },
  note: ({ seq: _seq, at: _at, wallAt: _wallAt, kind: _kind, twin: _twin, ...rest }) => {
    if (rest.assertion)
      return {
        what: 'a mistake of ours',
        more: text(rest.message),
        outcome: <span class="badge bad">error</span>,
      };
    const [name = 'note', value] = Object.entries(rest)[0] ?? [];
    return { what: words(name), more: text(value) };
  },
};

/** Slack says of a refusal in the body what others say in the status. */
function refusalOf(entry: Detail, status: number): string {
  if (entry.outcome !== 'fail' || status >= 300) return String(status);
  const body = (entry.response as { body?: string | null } | null)?.body ?? '';
  const name = /"error"\s*:\s*"([\w.:-]{1,60})"/.exec(body)?.[1];
  return name ?? `${status} refused`;
}

const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A length of time as people say it: `1 h`, `90 s`, `250 ms`. */
export function durationText(ms: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const)
    if (ms >= size && ms % size === 0) return `${ms / size} ${unit}`;
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms} ms`;
}
