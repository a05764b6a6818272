/** One entry of a journal in full, masked as the journal is: request and answer pretty-printed, rows before and after. */
import type { ShownEntry } from '../../entry.ts';

/** What was asked and answered, or what the entry says. */
export function EntryView({ entry }: { entry: ShownEntry }) {
  const { seq, at, wallAt, kind, twin, ...rest } = entry;
  return (
    <div id="entry">
      <dl class="pairs small">
        <dt>Entry</dt>
        <dd>
          {seq}, {kind} {twin ? `of ${twin}` : ''}
        </dd>
        <dt>Time</dt>
        <dd>
          {String(at)} in the universe, {String(wallAt)} on this machine
        </dd>
        {kind === 'exchange' ? <Who entry={entry} /> : ''}
      </dl>
      {kind === 'exchange' ? (
        <Exchange entry={entry} />
      ) : kind === 'state' ? (
        <Changes entry={entry} />
      ) : (
        <Pretty value={rest} />
      )}
    </div>
  );
}

interface Part {
  headers: Record<string, string>;
  body: string | null;
}

function Who({ entry }: { entry: ShownEntry }) {
  const fault = entry.fault as string[] | undefined;
  return (
    <>
      <dt>Who</dt>
      <dd>{String(entry.actor) || 'nobody'}</dd>
      <dt>Operation</dt>
      <dd>{String(entry.operation)}</dd>
      <dt>How</dt>
      <dd>
        by {String(entry.via)}, {String(entry.ms)} ms, {String(entry.outcome)}
        {fault ? `; faults that acted: ${fault.join(', ')}` : ''}
        {entry.gap ? `; the twin lacks ${String(entry.gap)}` : ''}
      </dd>
    </>
  );
}

function Exchange({ entry }: { entry: ShownEntry }) {
  const request = entry.request as Part;
  const response = entry.response as (Part & { status: number }) | null;
  return (
    <div class="two">
      <section>
        <h3>Asked</h3>
        <Message first={`${entry.method} ${entry.path}`} part={request} />
      </section>
      <section>
        <h3>Answered</h3>
        {response ? (
          <Message first={String(response.status)} part={response} />
        ) : (
          <p>Nothing: the connection was cut.</p>
        )}
      </section>
    </div>
  );
}

function Message({ first, part }: { first: string; part: Part }) {
  const headers = Object.entries(part.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <pre>{[first, ...headers].join('\n')}</pre>
      {part.body === null || part.body === '' ? (
        <p class="dim small">No body.</p>
      ) : (
        <pre>{prettyBody(part.body, part.headers['content-type'])}</pre>
      )}
    </>
  );
}

/** Rows of one entry that a page shows. */
const CHANGES_MAX = 50;

function Changes({ entry }: { entry: ShownEntry }) {
  const changes = entry.changes as {
    twin: string;
    table: string;
    key: string;
    before?: object;
    after?: object;
  }[];
  return (
    <>
      {changes.slice(0, CHANGES_MAX).map(({ twin, table, key, before, after }) => (
        <section>
          <h3>
            {before ? (after ? 'Changed' : 'Deleted') : 'Created'}: {twin}.{table} {key}
          </h3>
          <div class="two">
            {before ? <Pretty value={before} /> : ''}
            {after ? <Pretty value={after} /> : ''}
          </div>
        </section>
      ))}
      {changes.length > CHANGES_MAX ? <p class="dim">… and {changes.length - CHANGES_MAX} more rows.</p> : ''}
    </>
  );
}

const Pretty = ({ value }: { value: unknown }) => <pre>{JSON.stringify(value, null, 2)}</pre>;

/** JSON with indents, forms as lines, anything else as it is. */
export function prettyBody(body: string, type = ''): string {
  if (type.includes('x-www-form-urlencoded'))
    return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${prettyBody(value)}`).join('\n');
  if (!/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
