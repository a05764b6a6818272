/** `report.html`: one self-contained page on a run. */
import type { Finding } from '../checkers/checker.ts';
import type { BuildResult, RunDocument } from '../directory.ts';
import { sayDuration } from '../duration.ts';
import type { TrialRecord } from '../record.ts';
import { latest } from '../satisfaction.ts';
import { chart } from './chart.ts';
import { type Markup, markup } from './markup.ts';
import { type Move, movesOf } from './moves.ts';
import { STYLE } from './style.ts';
import { count, marking, percent, points, pointsRange, probability, range } from './words.ts';

const FAILURES_MAX = 60;
const EXAMPLES_MAX = 2;
const REASONS_MAX = 4;

/** The page. `directory` is where the run lies, for the commands that it shows. */
export function reportHtml(run: RunDocument, trials: readonly TrialRecord[], directory: string): string {
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${run.run} – satisfaction</title><style>${{ markup: STYLE }}</style></head><body><main>
${head(run)}
<section class="card scroll">${chart(run.builds)}</section>
${builds(run)}
${run.builds.map((build, i) => (i === 0 ? null : moved(run, trials, build, i)))}
${scenarios(run)}
${failures(run, trials, directory)}
${method(run)}
</main></body></html>
`;
  return page.markup;
}

function head(run: RunDocument): Markup {
  const last = run.builds.at(-1);
  const gate = last?.gate;
  const size = `${count(run.scenarios.length, 'scenario')} × ${count(run.trials, 'trial')}`;
  return markup`<header><p class="soft">Run ${run.run} · ${run.startedAt.slice(0, 16).replace('T', ' ')} UTC ·
 ${count(run.builds.length, 'build')} × ${size}
 · seed ${run.seed}${run.status === 'stopped' ? ' · stopped early' : ''}</p>
<h1>${
    last
      ? markup`${last.candidate} satisfies ${percent(last.satisfaction.estimate)} of journeys
 <span class="soft">(${range(last.satisfaction.interval)})</span>`
      : 'No build was run to its end'
  }</h1>
${gate && markup`<p>${gateTag(gate.verdict)} ${withCode(gate.reason)}</p>`}</header>`;
}

function builds(run: RunDocument): Markup {
  const row = ({ candidate, satisfaction, change, cost, gate, flakes, checked }: BuildResult) => markup`<tr>
<td class="name">${candidate}</td><td class="number">${percent(satisfaction.estimate)}</td>
<td class="number">${range(satisfaction.interval)}</td>
<td class="number">${percent(satisfaction.worstCase)}</td><td class="number">${percent(satisfaction.best)}</td>
<td>${change ? markup`<span class="whole">${points(change.delta)}</span> ${tagOf(change.moved)}` : '–'}</td>
<td class="number">${satisfaction.trials}</td>
<td class="number">${Math.round(satisfaction.unknownShare * satisfaction.trials)}</td>
<td class="number">${checked === 0 ? '–' : `${flakes} of ${checked}`}</td>
<td class="number">${sayDuration(cost.cpuMs)}</td>
<td>${gate ? gateTag(gate.verdict) : '–'}</td></tr>`;
  return markup`<h2>Builds</h2><div class="card scroll"><table><thead><tr><th>Build</th>
<th class="number">Satisfaction</th><th class="number">95 % interval</th><th class="number">Worst case</th>
<th class="number">Best case</th><th>Change</th><th class="number">Trials</th><th class="number">Unknown</th>
<th class="number">Flakes</th><th class="number">CPU</th><th>Gate</th></tr></thead>
<tbody>${run.builds.map(row)}</tbody></table></div>`;
}

function moved(run: RunDocument, trials: readonly TrialRecord[], build: BuildResult, index: number): Markup {
  const { change } = build;
  const moves = movesOf(run, trials, index);
  const item = (move: Move) => markup`<li><span class="name">${move.scenario}</span>
 ${move.before.satisfied} of ${move.before.n} → ${move.after.satisfied} of ${move.after.n}
 ${move.marked === 'same' ? markup`<small>(${marking(move.marked, move.blind)})</small>` : tagOf(move.marked)}
<br><span class="soft">${move.story}</span>
${list(move.because.slice(0, REASONS_MAX))}</li>`;
  return markup`<h2>What moved: ${run.builds[index - 1]?.candidate ?? ''} → ${build.candidate}</h2><div class="card">
${
  change &&
  markup`<p>${points(change.delta)} (${pointsRange(change.interval)}), ${probability(change.p)} over
 ${count(change.pairs, 'pair')}; the smallest change that this many pairs would find is about
 ${(change.detectable * 100).toFixed(0)} points.</p>`
}
${moves.length === 0 ? markup`<p>No story moved.</p>` : markup`<ul>${moves.map(item)}</ul>`}</div>`;
}

function scenarios(run: RunDocument): Markup {
  const cell = (build: BuildResult, scenario: string) => {
    const score = build.satisfaction.scenarios.find((one) => one.scenario === scenario);
    if (!score || score.estimate === null) return markup`<td class="number">–</td>`;
    const title = `${range(score.interval)} (Jeffreys)`;
    const unknown = score.unknown > 0 && markup` <span class="odd">+${score.unknown}?</span>`;
    return markup`<td class="number" title="${title}"><span class="bar"><i style="width:${Math.round(
      score.estimate * 100,
    )}%"></i></span>${score.satisfied}/${score.n}${unknown}</td>`;
  };
  return markup`<h2>Scenarios</h2><div class="card scroll"><table><thead><tr><th>Story</th>
<th class="number">Weight</th>
${run.builds.map(({ candidate }) => markup`<th class="number">${candidate}</th>`)}</tr></thead><tbody>
${run.scenarios.map(
  ({
    scenario,
    story,
    weight,
    leftOut,
  }) => markup`<tr><td class="story"><span class="name">${scenario}</span><br>
<span class="soft">${story}</span>${leftOut.map((why) => markup`<br><small>Left out – ${why}</small>`)}</td>
<td class="number">${weight}</td>${run.builds.map((build) => cell(build, scenario))}</tr>`,
)}
</tbody></table><p><small>Satisfied of decided trials; <span class="odd">+n?</span> are unknown.</small></p></div>`;
}

interface Failure {
  build: string;
  scenario: string;
  finding: Finding;
  examples: TrialRecord[];
  times: number;
}

function failures(run: RunDocument, trials: readonly TrialRecord[], directory: string): Markup {
  const all = [...run.builds].reverse().flatMap((build) => failuresOf(build, trials));
  const shown = all.slice(0, FAILURES_MAX);
  const more = all.length - shown.length;
  let before = '';
  const one = (failure: Failure) => {
    const heading = failure.build === before ? null : markup`<h3>${failure.build}</h3>`;
    before = failure.build;
    return markup`${heading}${failureMarkup(failure, directory)}`;
  };
  return markup`<h2>Failures with evidence</h2><div class="card">
${shown.length === 0 ? markup`<p>Every trial was satisfied.</p>` : shown.map(one)}
${more > 0 && markup`<p class="soft">${more} more are in trials.jsonl.</p>`}</div>`;
}

function failuresOf({ build, candidate }: BuildResult, trials: readonly TrialRecord[]): Failure[] {
  const found = new Map<string, Failure>();
  for (const trial of latest(trials).filter((one) => one.build === build)) {
    for (const finding of trial.findings.filter(({ verdict }) => verdict !== 'satisfied')) {
      const key = `${trial.scenario} ${finding.id} ${finding.verdict}`;
      const failure = found.get(key) ?? {
        build: candidate,
        scenario: trial.scenario,
        finding,
        examples: [],
        times: 0,
      };
      failure.times++;
      if (failure.examples.length < EXAMPLES_MAX) failure.examples.push(trial);
      found.set(key, failure);
    }
  }
  return [...found.values()].sort((a, b) => b.times - a.times);
}

function failureMarkup({ scenario, finding, examples, times }: Failure, directory: string): Markup {
  const tone = finding.verdict === 'unknown' ? 'odd' : finding.as === 'should' ? 'odd' : 'bad';
  const label = finding.verdict === 'unknown' ? `unknown: ${finding.cause ?? ''}` : finding.kind;
  return markup`<details><summary><span class="tag ${tone}">${label}</span> ${finding.says}
 <span class="soft">${scenario} · ${count(times, 'trial')}</span></summary>
${examples.map((trial) => {
  const own = trial.findings.find(({ id }) => id === finding.id) ?? finding;
  return markup`${own.evidence.map(
    (evidence) =>
      markup`<p>${evidence.text}${evidence.atMs !== undefined && ` – ${sayDuration(evidence.atMs)} after the start`}${
        evidence.seq !== undefined && markup` <small>(entry ${evidence.seq})</small>`
      }</p>${values(evidence.values)}`,
  )}
${trial.notes.map((note) => markup`<p class="soft">${note}</p>`)}
<p><code>orrery replay --out ${directory} ${trial.id}</code>${
    trial.trajectory !== undefined && markup` · <a href="${trial.trajectory}">trajectory</a>`
  }</p>`;
})}</details>`;
}

function values(all: Record<string, unknown> = {}): Markup | null {
  const lines = Object.entries(all).map(([name, value]) => {
    return `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  return lines.length === 0 ? null : markup`<pre>${lines.join('\n')}</pre>`;
}

function list(items: readonly string[]): Markup | null {
  return items.length === 0 ? null : markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

function method(run: RunDocument): Markup {
  const last = run.builds.at(-1)?.satisfaction;
  const over = last?.overScenarios;
  return markup`<h2>How to read this</h2><div class="card"><p>Satisfaction is the weighted share of trials in
 which all that must hold held. Intervals are Korn–Graubard over these scenarios; builds are compared by pairs of the
 same scenario and draw. ${
   over
     ? `Over scenarios like these: ${range(over)}; kinds of story we lack may be up to ${percent(over.unseen)} of all.`
     : 'With fewer than ten scenarios nothing is said about scenarios that are not here.'
 }</p>
<p class="soft">Isolation: ${run.isolation}. Kept: ${run.kept}. Versions: ${Object.entries(run.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.</p>
${run.builds.map(
  ({ candidate, provenance, build, reuse }) => markup`<p class="soft"><span class="name">${candidate}</span>
 build ${build.slice(0, 12)}, processes per ${reuse}${Object.entries(provenance)
   .filter(([, value]) => value !== undefined)
   .map(
     ([name, value]) => `, ${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
   )}</p>`,
)}</div>`;
}

function tagOf(moved: 'improved' | 'regressed' | 'same'): Markup {
  if (moved === 'same') return markup`<span class="tag soft">no difference shown</span>`;
  return markup`<span class="tag ${moved === 'improved' ? 'good' : 'bad'}">${moved}</span>`;
}

/** What stands between backticks, as code. */
function withCode(text: string): Markup {
  return markup`${text.split('`').map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : part))}`;
}

function gateTag(verdict: string): Markup {
  const tone = verdict === 'accept' ? 'good' : verdict === 'reject' ? 'bad' : 'odd';
  return markup`<span class="tag ${tone}">${verdict}</span>`;
}
