/** `orrery journal`: what happened in a universe. */
import { Command, Option } from 'commander';
import type { EntryKind, JournalEntry } from '../client.ts';
import { type ConnectionDeps, reach, type ServerFlags, universeOf, within } from './connection.ts';
import { answer, type Io, paint } from './output.ts';
import { wholeNumber } from './parse.ts';

interface Flags extends ServerFlags {
  universe?: string;
  after?: number;
  kind?: EntryKind;
  twin?: string;
  limit: number;
  follow?: boolean;
  hash?: boolean;
}

const KINDS = ['exchange', 'delivery', 'fault', 'gesture', 'clock', 'state', 'note'];

/** The command. */
export function journalCommand(deps: ConnectionDeps): Command {
  return within(new Command('journal').summary('what happened in a universe'))
    .description('What happened in a universe: exchanges, deliveries, faults, gestures, time, rows.')
    .option('--after <seq>', 'behind this entry', wholeNumber())
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(KINDS))
    .option('--twin <twin>', 'only of this twin')
    .option('--limit <number>', 'at most so many', wholeNumber(), 200)
    .option('-f, --follow', 'go on as it grows')
    .option('--hash', 'the hash of all entries in canonical form, instead')
    .action((flags: Flags) => read(deps, flags));
}

async function read(deps: ConnectionDeps, flags: Flags): Promise<void> {
  const { io } = deps;
  const u = universeOf(io, flags);
  const { after, kind, twin, limit } = flags;
  const query = {
    ...(after === undefined ? {} : { after }),
    ...(kind ? { kind } : {}),
    ...(twin ? { twin } : {}),
  };
  if (flags.hash)
    return answer(
      io,
      flags.json,
      await reach(deps, flags, (orrery) => orrery.journalHash(u)),
      (one) => one.hash,
    );
  if (flags.follow)
    return reach(deps, flags, async (orrery) => {
      for await (const entry of orrery.streamEvents(u, query))
        io.out(`${flags.json ? JSON.stringify(entry) : line(io, entry)}\n`);
    });
  const page = await reach(deps, flags, async (orrery) => {
    const entries: JournalEntry[] = [];
    let from = after ?? 0;
    for (;;) {
      const next = await orrery.readJournal(u, {
        ...query,
        after: from,
        limit: Math.min(5_000, limit - entries.length),
      });
      entries.push(...next.entries);
      if (next.next === from || entries.length >= limit)
        return { entries, next: next.next, dropped: next.dropped };
      from = next.next;
    }
  });
  answer(io, flags.json, page, ({ entries }) => entries.map((entry) => line(io, entry)).join('\n'));
}

/** One entry on one line. */
function line(io: Io, entry: JournalEntry): string {
  const head = `${String(entry.seq).padStart(5)}  ${entry.at.slice(11, 23)}  ${entry.kind.padEnd(8)}  ${(entry.twin ?? '').padEnd(6)}`;
  return `${head}  ${said(io, entry)}`.trimEnd();
}

function said(io: Io, entry: JournalEntry): string {
  const { kind } = entry;
  const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
  if (kind === 'exchange') {
    const { status } = (entry.response ?? {}) as { status?: number };
    const colour = entry.outcome === 'ok' ? 'green' : entry.outcome === 'fail' ? 'red' : 'yellow';
    const by = entry.fault ? ` fault ${text(entry.fault)}` : entry.gap ? ' gap' : '';
    return `${paint(io, colour, text(status ?? 'cut'))} ${text(entry.operation)}  ${text(entry.method)} ${text(entry.path)}  ${text(entry.actor)}${by}`;
  }
  if (kind === 'delivery')
    return `${text(entry.status)} ${text(entry.event)} → ${text(entry.to)} (attempt ${text(entry.attempt)})${text(entry.failure) && ` ${text(entry.failure)}`}`;
  if (kind === 'gesture') return `${text(entry.gesture)} as ${text(entry.as)} by ${text(entry.by)}`;
  if (kind === 'state')
    return (entry.changes as { twin: string; table: string; key: string; before?: object; after?: object }[])
      .map(
        ({ twin, table, key, before, after }) =>
          `${before ? (after ? '~' : '-') : '+'}${twin}.${table} ${key}`,
      )
      .join('  ');
  const { seq: _seq, at: _at, wallAt: _wallAt, kind: _kind, twin: _twin, ...rest } = entry;
  return JSON.stringify(rest);
}
