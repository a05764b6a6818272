/** A rehearsal's outcome on a terminal. */
import { join } from 'node:path';
import { sayDuration } from '../duration.ts';
import { sayValue } from '../rehearsal/bound.ts';
import type { RehearsalDocument, RunNumbers, SubjectResult, Verdict } from '../rehearsal/document.ts';
import { sayRate } from '../rehearsal/rate.ts';
import type { Resilience } from '../rehearsal/resilience.ts';
import { percent } from '../report/words.ts';
import { paint, type Terminal, type Tone, table } from './terminal.ts';

const TONES: Record<Verdict | 'unknown', Tone> = {
  holds: 'good',
  broken: 'bad',
  inconclusive: 'odd',
  unknown: 'odd',
};

/** Prints it: for each build the phases, how events were dealt with, the levels, and the verdict. */
export function sayRehearsal(document: RehearsalDocument, directory: string, terminal: Terminal): void {
  for (const subject of document.subjects) saySubject(subject, terminal);
  const { arrivals, sha256 } = document.schedule;
  const load = `${arrivals} arrivals (${sha256.slice(0, 12)})`;
  terminal.out(`\nseed ${document.seed} · ${load} · ${join(directory, 'report.html')}\n`);
}

function saySubject(subject: SubjectResult, terminal: Terminal): void {
  const out = (text: string) => terminal.out(`${text}\n`);
  out(`\n${paint(terminal, 'strong', subject.subject)}`);
  const heading = [
    'run',
    'phase',
    'tasks',
    'p50',
    'p90',
    'p99',
    'p99.9',
    'errors',
    'throughput',
    'budget used',
  ];
  const rows = [...phaseRows('control', subject.control), ...phaseRows('rehearsal', subject.rehearsed)];
  if (rows.length > 0) out(table(heading, rows, heading.slice(2)));
  for (const [run, numbers] of [
    ['control', subject.control],
    ['rehearsal', subject.rehearsed],
  ] as const) {
    if (numbers)
      out(paint(terminal, numbers.kept.held ? 'soft' : 'odd', `rate of the ${run}: ${rateOf(numbers)}`));
  }
  const kinds = Object.entries(subject.rehearsed?.phases[0]?.byKind ?? {}).sort(([, a], [, b]) => b - a);
  if (kinds.length > 0) out(`failed: ${kinds.map(([kind, times]) => `${kind} (${times})`).join(', ')}`);
  if (subject.events.length > 0) {
    const events = ['event', 'altered', 'detect', 'recover', 'since lifted', 'adapt', 'by itself'];
    out(`\n${table(events, subject.events.map(eventRow), events.slice(1))}`);
  }
  const beyond = [
    subject.collateral === undefined ? '' : `collateral ${subject.collateral.count}`,
    ...(subject.collateral?.byClass ?? []).map(({ class: name, count }) => `  ${name} ×${count}`),
    subject.lost === undefined ? '' : `lost work ${subject.lost}`,
    costOf(subject),
  ].filter(Boolean);
  if (beyond.length > 0) out(beyond.join(' · '));
  for (const note of subject.notes) out(paint(terminal, 'soft', `note: ${note}`));
  if (subject.levels.length > 0) out('');
  for (const { verdict, name, says, because } of subject.levels) {
    out(`${paint(terminal, TONES[verdict], verdict.padEnd(8))} ${name}: ${says} ${because}`);
  }
  out(`\n${paint(terminal, TONES[subject.verdict], subject.verdict)}: ${subject.reason}`);
}

/** Of the whole load, or of the first phase in which the machine did not give the rate. */
function rateOf({ kept }: RunNumbers): string {
  const said = kept.phases.find(({ held }) => !held) ?? kept.phases[0];
  if (!said) return 'nothing was planned';
  const failed = kept.held ? '' : `not held (${said.phase}): `;
  return `${failed}${sayRate(said)}${kept.apart ? '' : ', beside the twins'}`;
}

function phaseRows(run: string, numbers: RunNumbers | undefined): string[][] {
  return (numbers?.phases ?? []).map(({ name, tasks, latency, errors, throughput, budget }) => [
    ...[run, name, String(tasks)],
    ...[latency.p50, latency.p90, latency.p99, latency['p99.9']].map((ms) => sayValue(ms, 'duration')),
    ...[percent(errors), `${throughput.toFixed(1)}/s`],
    budget === null ? '–' : budget === Number.POSITIVE_INFINITY ? 'over' : percent(budget, 0),
  ]);
}

function eventRow(event: Resilience): string[] {
  const { censoredMs } = event;
  const late = censoredMs === undefined ? 'never' : `over ${sayDuration(censoredMs)}`;
  const met = event.onsetMs !== undefined;
  const say = (ms: number | null | undefined, never: string) =>
    !met || ms === undefined ? '–' : ms === null ? never : sayDuration(ms);
  return [
    ...[event.event, String(event.altered), say(event.detectMs, 'never')],
    event.degraded || !met ? say(event.recoverMs, late) : 'stayed well',
    ...[say(event.liftedMs, 'never'), say(event.adaptMs, 'no')],
    event.automated === undefined ? '–' : event.automated ? 'yes' : 'no',
  ];
}

function costOf({ rehearsed, control }: SubjectResult): string {
  const now = rehearsed?.cost.callsPerTask;
  if (now === null || now === undefined) return '';
  const before = control?.cost.callsPerTask;
  const against = before ? ` (control ${before.toFixed(1)})` : '';
  return `${now.toFixed(1)} calls a finished task${against}`;
}
