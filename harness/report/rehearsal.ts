/** `report.html` of a rehearsal: one self-contained page. */
import { sayDuration } from '../duration.ts';
import { sayValue } from '../rehearsal/bound.ts';
import type { RehearsalDocument, RunNumbers, SubjectResult } from '../rehearsal/document.ts';
import type { PreparedRehearsal } from '../rehearsal/prepare.ts';
import type { PhaseRate } from '../rehearsal/rate.ts';
import type { SubjectRuns } from '../rehearsal/rehearse.ts';
import type { Resilience } from '../rehearsal/resilience.ts';
import { type Markup, markup } from './markup.ts';
import { CHART_STYLE, curveChart, latencyChart, tasksChart } from './rehearsal-charts.ts';
import { STYLE } from './style.ts';
import { count, percent } from './words.ts';

/** The page. */
export function rehearsalHtml(
  document: RehearsalDocument,
  runs: readonly SubjectRuns[],
  prepared: PreparedRehearsal,
): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${document.rehearsal} – rehearsal</title><style>${{ markup: STYLE + CHART_STYLE }}</style></head><body><main>
${head(document)}
${document.subjects.map((subject, index) => section(subject, runs[index], prepared))}
${method(prepared)}
</main></body></html>
`.markup;
}

function head(document: RehearsalDocument): Markup {
  const { rehearsal, says, seed, schedule, durationMs, startedAt, timeline } = document;
  return markup`<header><p class="soft">Rehearsal ${rehearsal} · ${startedAt.slice(0, 16).replace('T', ' ')} UTC ·
 ${count(schedule.arrivals, 'arrival')} in ${sayDuration(durationMs)} · seed ${seed} · load
 ${schedule.sha256.slice(0, 12)}${document.stopped ? ' · stopped early' : ''}</p>
<h1>${document.subjects.map(
    ({ subject, verdict }, i) => markup`${i > 0 && ' · '}${subject} ${tag(verdict)}`,
  )}</h1>${says !== '' && markup`<p>${says}</p>`}
<ul>${timeline.map(
    ({ name, says: what, fromMs, toMs }) =>
      markup`<li><span class="name">${name}</span>, ${sayDuration(fromMs)} to ${sayDuration(toMs)}: ${what}</li>`,
  )}</ul></header>`;
}

function section(subject: SubjectResult, runs: SubjectRuns | undefined, prepared: PreparedRehearsal): Markup {
  const { rehearsed, control } = runs ?? {};
  return markup`<h2>${subject.subject}</h2><div class="card"><p>${tag(subject.verdict)} ${subject.reason}</p>
${levels(subject)}${notes(subject)}</div>
${rehearsed && charts(rehearsed, control, prepared)}
${phases(subject)}${events(subject)}${beyond(subject)}${rates(subject)}`;
}

function levels({ levels: all }: SubjectResult): Markup {
  return markup`<table><thead><tr><th></th><th>Level</th><th>Measured</th></tr></thead><tbody>
${all.map(
  ({ verdict, name, says, because }) => markup`<tr><td>${tag(verdict)}</td>
<td><span class="name">${name}</span><br><span class="soft">${says}</span></td><td>${because}</td></tr>`,
)}</tbody></table>`;
}

function notes({ notes: all }: SubjectResult): Markup | false {
  return all.length > 0 && markup`<ul class="soft">${all.map((note) => markup`<li>${note}</li>`)}</ul>`;
}

type Run = NonNullable<SubjectRuns['rehearsed']>;

function charts(run: Run, control: Run | undefined, prepared: PreparedRehearsal): Markup {
  const key = (tone: string, text: string, dashed = false) =>
    markup`<span class="${tone}"><i class="key ${dashed ? 'dashed' : ''}"></i></span><small>${text}</small>`;
  return markup`<div class="card scroll"><h3>Tasks by arrival</h3>
<p>${key('good', 'good')}${key('odd', 'slow')}${key('bad', 'failed')}</p>${tasksChart(run, prepared)}</div>
<div class="card scroll"><h3>Latency over time</h3><p><small>blue: p50, red: p95 (the most, where tasks are few)${control && '; dashed: the control'}</small></p>${latencyChart(run, control, prepared)}</div>
<div class="card scroll"><h3>Latency by percentile</h3><p><small>Each mark to the right is ten times rarer${control && '; dashed: the control'}</small></p>${curveChart(run, control)}</div>`;
}

function phases({ rehearsed, control }: SubjectResult): Markup {
  const rows = (name: string, numbers: RunNumbers | undefined) =>
    (numbers?.phases ?? []).map(
      (
        phase,
      ) => markup`<tr><td>${name}</td><td class="name">${phase.name}</td><td class="number">${phase.tasks}</td>
${[phase.latency.p50, phase.latency.p90, phase.latency.p99, phase.latency['p99.9']].map(
  (ms) => markup`<td class="number">${sayValue(ms, 'duration')}</td>`,
)}<td class="number">${percent(phase.errors)}</td><td class="number">${phase.throughput.toFixed(1)}/s</td>
<td class="number">${phase.budget === Number.POSITIVE_INFINITY ? 'over' : percent(phase.budget, 0)}</td>
<td>${Object.entries(phase.byKind).map(([kind, times]) => `${kind} (${times}) `)}</td></tr>`,
    );
  return markup`<h3>Phases</h3><div class="card scroll"><table><thead><tr><th>Run</th><th>Phase</th>
${['Tasks', 'p50', 'p90', 'p99', 'p99.9', 'Errors', 'Throughput', 'Budget used'].map(
  (title) => markup`<th class="number">${title}</th>`,
)}<th>Failures</th></tr></thead><tbody>${rows('control', control)}${rows('rehearsal', rehearsed)}</tbody></table>
<p><small>By intended arrival. A dash: too few tasks for that percentile.</small></p></div>`;
}

/** What the machine gave beside what was planned. */
function rates({ rehearsed, control }: SubjectResult): Markup | false {
  const rows = (name: string, numbers: RunNumbers | undefined) =>
    (numbers?.kept.phases ?? []).map((rate) => rateRow(name, rate));
  const where = rehearsed?.kept.apart ? 'on a thread of its own' : 'beside the twins';
  return (
    rehearsed !== undefined &&
    markup`<h3>What the machine gave</h3><div class="card scroll"><table><thead><tr><th>Run</th><th>Phase</th>
${['Planned', 'Sent', 'Late p99', 'Late most'].map((t) => markup`<th class="number">${t}</th>`)}<th>Rate</th></tr>
</thead><tbody>${rows('control', control)}${rows('rehearsal', rehearsed)}</tbody></table>
<p><small>The load was sent ${where}. Late: from the intended arrival to the sending; latencies contain it.</small></p>
</div>`
  );
}

function rateRow(run: string, rate: PhaseRate): Markup {
  const perSecond = [rate.ratePlanned, rate.rateSent].map((each) => `${each.toFixed(1)}/s`);
  const late = [rate.lateP99Ms, rate.lateMaxMs].map((ms) => sayValue(ms, 'duration'));
  return markup`<tr><td>${run}</td><td class="name">${rate.phase}</td>
${[...perSecond, ...late].map((text) => markup`<td class="number">${text}</td>`)}
<td class="${rate.held ? 'good' : 'bad'}">${rate.held ? 'held' : 'not held'}</td></tr>`;
}

function events({ events: all }: SubjectResult): Markup {
  const say = (event: Resilience, ms: number | null | undefined, never: string) =>
    event.onsetMs === undefined || ms === undefined ? '–' : ms === null ? never : sayDuration(ms);
  const row = (event: Resilience) => markup`<tr><td class="name">${event.event}</td>
<td class="number">${event.altered}</td><td class="number">${say(event, event.detectMs, 'never')}</td>
<td class="number">${
    event.onsetMs !== undefined && !event.degraded
      ? 'stayed well'
      : say(event, event.recoverMs, `over ${sayDuration(event.censoredMs ?? 0)}`)
  }</td>
<td class="number">${say(event, event.liftedMs, 'never')}</td><td class="number">${say(event, event.adaptMs, 'no')}</td>
<td>${event.automated === undefined ? '–' : event.automated ? 'yes' : 'no'}</td></tr>`;
  return markup`<h3>How events were dealt with</h3><div class="card scroll"><table><thead><tr><th>Event</th>
${['Altered', 'Detect', 'Recover', 'Since lifted', 'Adapt'].map((t) => markup`<th class="number">${t}</th>`)}
<th>By itself</th></tr></thead><tbody>${all.map(row)}</tbody></table></div>`;
}

function beyond({ collateral, lost, rehearsed, control, never, hammered }: SubjectResult): Markup {
  const calls = (numbers: RunNumbers | undefined) => numbers?.cost.callsPerTask?.toFixed(1) ?? '–';
  const byTwin = Object.entries(rehearsed?.cost.exchanges ?? {}).map(([twin, n]) => `${twin} ${n}`);
  return markup`<h3>Collateral, lost work, cost</h3><div class="card"><ul>
<li>Changes beyond the control: ${collateral?.count ?? 'no control'}${
    collateral &&
    collateral.count > 0 &&
    markup`<ul>${collateral.byClass.map(
      ({ class: name, count: n, about }) =>
        markup`<li>${name} × ${n} <span class="soft">${about.join(', ')}</span></li>`,
    )}</ul>`
  }</li><li>Tasks that the control served and this did not: ${lost ?? 'no control'}</li>
<li>Calls a finished task: ${calls(rehearsed)} (control ${calls(control)}); ${byTwin.join(', ')}</li>
${never.map(({ says, at }) => markup`<li class="bad">${says} (at ${sayDuration(at)})</li>`)}
${
  hammered &&
  markup`<li>The hammer sent ${hammered.sent} requests${hammered.notSent > 0 && `; ${hammered.notSent} found no place`}.</li>`
}</ul></div>`;
}

function method({ rehearsal, service }: PreparedRehearsal): Markup {
  const within = Number.isFinite(service.withinMs) ? ` within ${sayDuration(service.withinMs)}` : '';
  return markup`<h2>How to read this</h2><div class="card soft"><p>${rehearsal.load.arrivals ?? 'poisson'} arrivals at
 ${rehearsal.load.rate}, fixed beforehand by the seed; a latency counts from the intended arrival, so that slowness
 cannot hide. A task is good if it succeeds${within}. Healthy: ${percent(service.healthy, 0)} of tasks good over
 ${sayDuration(service.overMs)}, for ${sayDuration(service.holdMs)}. Error budget:
 ${percent(1 - service.objective)} of tasks. Times of events count from their first altered exchange.</p></div>`;
}

function tag(verdict: string): Markup {
  const tone = verdict === 'holds' ? 'good' : verdict === 'broken' ? 'bad' : 'odd';
  return markup`<span class="tag ${tone}">${verdict}</span>`;
}
