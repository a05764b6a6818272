/**
 * `untouched`: what changed, less what people did, less `except`, is nothing: neither in the diff from start to
 * end nor in the journal (created and deleted again leaves no diff).
 */
import type { Expression } from '../expression.ts';
import type { RowChange } from '../host.ts';
import { isMeaningful, rowOf } from '../lens/all.ts';
import type { Row } from '../lens/lens.ts';
import type { Untouched } from '../scenario.ts';
import { type Evidence, type Preparing, prepared, type Sight, since } from './checker.ts';

const EVIDENCE_MAX = 10;

interface Exception {
  twin: string;
  table: string;
  where?: Expression;
}

/** Prepares an `untouched`. Throws `BadExpression`. */
export function untouchedChecker(untouched: Untouched, preparing: Preparing) {
  const exceptions: Exception[] = (untouched.except ?? []).map(({ twin, table, where }) => ({
    twin,
    table,
    where: where === undefined ? undefined : preparing.compile(where, ['row']),
  }));
  return prepared('untouched', untouched, (sight) => {
    const found: Evidence[] = [];
    const seen = new Set<string>();
    // Rows that this trial created may be changed again wherever their creation was allowed.
    const allowedRows = new Set<string>();
    let broken: string | undefined;
    const look = (change: RowChange, seq?: number, at?: number) => {
      const key = `${change.twin}/${change.table}/${change.key}`;
      if (!isMeaningful(change) || allowedRows.has(key)) return;
      const row = rowOf(sight.world, change);
      try {
        if (exceptions.some((exception) => excepts(exception, change, row, sight))) {
          if (row.created === true) allowedRows.add(key);
          return;
        }
      } catch (error) {
        broken ??= `an "except" cannot be evaluated: ${(error as { summary?: string }).summary ?? String(error)}`;
        return;
      }
      if (seen.has(key)) return;
      seen.add(key);
      if (found.length >= EVIDENCE_MAX) return;
      const evidence: Evidence = { text: say(change), seq, values: briefly(row) };
      if (at !== undefined) evidence.atMs = since(sight, at);
      found.push(evidence);
    };
    // A commit is journaled before the exchange or gesture that made it, so it waits here to learn whose it is.
    let unattributed: { change: RowChange; seq?: number; at: number }[] = [];
    const attribute = (toPerson: boolean) => {
      for (const { change, seq, at } of unattributed) {
        if (toPerson) allowedRows.add(`${change.twin}/${change.table}/${change.key}`);
        else look(change, seq, at);
      }
      unattributed = [];
    };
    return {
      see({ changes, byPerson, entry, at }) {
        for (const change of changes ?? []) unattributed.push({ change, seq: entry?.seq, at });
        if (byPerson || entry?.kind === 'gesture') attribute(true);
        else if (entry && entry.kind !== 'state') attribute(false);
      },
      owedUntil: () => undefined,
      async end() {
        attribute(false);
        for (const change of await sight.changesOnce()) look(change);
        if (found.length > 0) return { verdict: 'unsatisfied' as const, evidence: found };
        if (broken === undefined) return { verdict: 'satisfied' as const, evidence: [] };
        return { verdict: 'unknown' as const, cause: 'harness' as const, evidence: [{ text: broken }] };
      },
    };
  });
}

function excepts({ twin, table, where }: Exception, change: RowChange, row: Row, sight: Sight): boolean {
  if (change.twin !== twin || change.table !== table) return false;
  if (!where) return true;
  const result = where.evaluate(sight.world, { ...sight.names(), row });
  if (typeof result !== 'boolean') throw new Error(`"${where.text}" gave no boolean`);
  return result;
}

function say({ twin, table, key, before, after }: RowChange): string {
  const verb = before === undefined ? 'created' : after === undefined ? 'deleted' : 'changed';
  return `${twin} ${table} ${key} was ${verb}`;
}

/** The row's plain fields, enough to recognise it. */
function briefly(row: Row): Record<string, unknown> {
  const plain = Object.entries(row).filter(([, value]) => typeof value !== 'object' && value !== undefined);
  return Object.fromEntries(plain.slice(0, 12).map(([name, value]) => [name, cut(value)]));
}

function cut(value: unknown): unknown {
  return typeof value === 'string' && value.length > 120 ? `${value.slice(0, 119)}…` : value;
}
