/** A trajectory step by step: on the left what happened, on the right the rows that changed by it. */

import { isRecord } from '../../json.ts';
import { Change } from './change.tsx';
import type { Moment } from './entries.ts';
import type { Entry, Finding } from './shape.ts';
import { duration, moment as momentOf, tone } from './words.ts';

/** Rows of one moment that are shown. */
const CHANGES_MAX = 40;

interface Shown {
  moments: readonly Moment[];
  /** First and behind the last that are shown. */
  from: number;
  to: number;
  findings: readonly Finding[];
}

/** The list. */
export function Timeline({ moments, from, to, findings }: Shown) {
  if (moments.length === 0) return <p class="empty">Nothing happened.</p>;
  return (
    <div class="card">
      <ul class="told head" aria-hidden="true">
        <li>
          <span>Time</span>
          <span>What happened</span>
          <span>What it changed</span>
        </li>
      </ul>
      <ol class="told" start={from + 1}>
        {moments.slice(from, to).map((moment) => (
          <One moment={moment} pointed={pointing(findings, moment)} />
        ))}
      </ol>
    </div>
  );
}

/** Findings whose evidence is this moment. */
function pointing(findings: readonly Finding[], { seq, changedSeq }: Moment): Finding[] {
  const here = new Set<unknown>([seq, changedSeq].filter((one) => one !== undefined));
  return findings.filter(({ evidence }) => (evidence ?? []).some((one) => here.has(one.seq)));
}

function One({ moment, pointed }: { moment: Moment; pointed: readonly Finding[] }) {
  const { t, entry, changes } = moment;
  const seq = moment.seq ?? moment.changedSeq;
  const worst = pointed.find(({ verdict }) => verdict !== 'satisfied') ?? pointed[0];
  const kind = entry?.kind === 'step' ? 'step' : '';
  return (
    <li
      {...(seq === undefined ? {} : { id: `e-${seq}` })}
      class={`${kind} ${worst ? `pointed ${tone(worst.verdict)}` : ''}`}
    >
      <time>{momentOf(t)}</time>
      <div class="did">
        {entry ? <Did entry={entry} /> : <span class="dim">the state changed</span>}
        {pointed.map(({ says, verdict }) => (
          <p>
            <span class={`badge ${tone(verdict)}`}>{verdict}</span> {says}
          </p>
        ))}
      </div>
      <div class="caused">
        {changes.slice(0, CHANGES_MAX).map((change) => (
          <Change change={change} />
        ))}
        {changes.length > CHANGES_MAX ? <p class="dim">and {changes.length - CHANGES_MAX} more rows</p> : ''}
      </div>
    </li>
  );
}

function Did({ entry }: { entry: Entry }) {
  switch (entry.kind) {
    case 'step':
      return <Step entry={entry} />;
    case 'exchange':
      return <Exchange entry={entry} />;
    case 'gesture':
      return <Gesture entry={entry} />;
    case 'delivery':
      return <Delivery entry={entry} />;
    case 'fault':
      return <Fault entry={entry} />;
    case 'clock':
      return <Clock entry={entry} />;
    case 'output':
      return (
        <>
          <span class="dim">the candidate printed</span> <code>{entry.text}</code>
        </>
      );
    default:
      return (
        <>
          <span class="badge plain">{entry.kind}</span> {entry.text}
        </>
      );
  }
}

function Step({ entry: { step, ok, text } }: { entry: Entry }) {
  if (typeof step !== 'string') return <>{text}</>;
  return (
    <>
      {`Step “${step}” `}
      {ok === false ? <span class="badge bad">failed</span> : 'done'}
    </>
  );
}

function Exchange({ entry }: { entry: Entry }) {
  const { operation, method, path, outcome, request, response, ms, text, gap } = entry;
  const status = isRecord(response) ? response.status : /→ (\d+)/.exec(text)?.[1];
  return (
    <>
      <span class="badge plain">{text.split(' ', 1)[0]}</span> <b>{String(operation ?? text)}</b>{' '}
      <span class={`badge ${outcome === 'ok' ? 'ok' : outcome === 'fail' ? 'bad' : 'warn'}`}>
        {`${String(status ?? '')} ${outcome === 'info' ? 'cannot be told' : String(outcome ?? '')}`}
      </span>{' '}
      <Faulted fault={entry.fault} /> {gap ? <span class="badge warn">gap</span> : ''}
      <details>
        <summary>
          <code>{`${String(method ?? '')} ${String(path ?? '')}`}</code>
          {typeof ms === 'number' ? ` ${duration(ms)}` : ''}
        </summary>
        <code>{String(path ?? '')}</code>
        <Body name="request" of={request} />
        <Body name="response" of={response} />
      </details>
    </>
  );
}

function Gesture({ entry }: { entry: Entry }) {
  const { as, twin, gesture, by } = entry;
  return (
    <>
      <span class="badge plain">{String(twin ?? '')}</span> <b>{String(as ?? 'someone')}</b>{' '}
      {String(gesture ?? entry.text)}
      {by === 'operator' ? <span class="dim"> by an operator’s hand</span> : ''}
      <details>
        <summary>{brief(entry.with)}</summary>
        <Body name="with" of={entry.with} />
        <Body name="result" of={entry.result} />
      </details>
    </>
  );
}

function Delivery({ entry }: { entry: Entry }) {
  const { twin, event, to, status, attempt, nextAttemptAt } = entry;
  const good = typeof status === 'number' && status >= 200 && status < 300;
  return (
    <>
      <span class="badge plain">{String(twin ?? '')}</span> event <b>{String(event ?? entry.text)}</b>{' '}
      <span class={`badge ${good ? 'ok' : 'bad'}`}>{String(status ?? 'no answer')}</span>{' '}
      <Faulted fault={entry.fault} />
      <p class="dim">
        {`to ${String(to ?? '')}`}
        {typeof attempt === 'number' && attempt > 1 ? `, attempt ${attempt}` : ''}
        {typeof nextAttemptAt === 'string' ? `, again at ${nextAttemptAt.slice(11, 19)}` : ''}
      </p>
    </>
  );
}

function Fault({ entry }: { entry: Entry }) {
  const { put, lifted, fault, twin, text } = entry;
  const kind = isRecord(fault) ? String(fault.kind ?? '') : '';
  const name = String(put ?? lifted ?? '');
  if (name === '') return <>{text}</>;
  return (
    <>
      <span class="badge warn">fault</span> {put === undefined ? 'lifted' : 'put'} <b>{kind || name}</b>{' '}
      <span class="dim">{`${String(twin ?? '')} ${kind === '' ? '' : name}`}</span>
      <details>
        <summary>the fault</summary>
        <Body name="" of={fault} />
      </details>
    </>
  );
}

function Clock({ entry: { advanced, now, text } }: { entry: Entry }) {
  if (typeof advanced !== 'number') return <span class="dim">clock: {text}</span>;
  return (
    <span class="dim">{`the clock went on by ${duration(advanced)}, to ${String(now).slice(11, 19)}`}</span>
  );
}

/** Which faults altered an exchange or a delivery. */
function Faulted({ fault }: { fault: unknown }) {
  const ids = Array.isArray(fault) ? fault.map(String) : fault === undefined ? [] : [String(fault)];
  return <>{ids.map((id) => [<span class="badge warn">{`fault ${id}`}</span>, ' '])}</>;
}

/** What a gesture was made with, in a line. */
function brief(of: unknown): string {
  const pairs = isRecord(of) ? Object.entries(of) : [];
  const said = pairs.map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return said.join(', ') || 'with what, and what came of it';
}

/** Part of an exchange, as JSON for people; text where the record was cut. */
function Body({ name, of }: { name: string; of: unknown }) {
  if (of === undefined || of === null) return <></>;
  return (
    <>
      {name === '' ? '' : <span class="dim">{name}</span>}
      <pre>{typeof of === 'string' ? of : JSON.stringify(of, null, 2)}</pre>
    </>
  );
}
