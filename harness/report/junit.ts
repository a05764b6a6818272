/** `junit.xml`: one suite per build, one case per trial, for CI systems that read it. */
import type { RunDocument } from '../directory.ts';
import type { TrialRecord } from '../record.ts';
import { latest } from '../satisfaction.ts';
import { type Markup, markup } from './markup.ts';

/** The document. Unknown trials are errors, unsatisfied ones failures. */
export function junitXml(run: RunDocument, trials: readonly TrialRecord[]): string {
  const suites = run.builds.map(({ build, candidate }) => {
    const own = latest(trials).filter((trial) => trial.build === build);
    const failed = own.filter(({ verdict }) => verdict === 'unsatisfied').length;
    const unknown = own.filter(({ verdict }) => verdict === 'unknown').length;
    const seconds = own.reduce((sum, { wallMs }) => sum + wallMs, 0) / 1000;
    return markup`<testsuite name="${candidate}" tests="${own.length}" failures="${failed}" errors="${unknown}"
 time="${seconds.toFixed(3)}" timestamp="${run.startedAt.slice(0, 19)}">
${own.map(testCase)}</testsuite>
`;
  });
  const all = markup`<testsuites name="${run.run}">\n${suites}</testsuites>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all.markup}`;
}

function testCase(trial: TrialRecord): Markup {
  const wrong = trial.findings.filter(({ verdict, as }) => verdict !== 'satisfied' && as === 'must');
  const message = wrong.map(({ says }) => says).join(' ');
  const text = wrong
    .flatMap(({ says, evidence }) => [says, ...evidence.map((one) => `  ${one.text}`)])
    .join('\n');
  const outcome =
    trial.verdict === 'satisfied'
      ? null
      : trial.verdict === 'unknown'
        ? markup`<error type="${trial.cause ?? 'unknown'}" message="${message}">${text}</error>`
        : markup`<failure type="unsatisfied" message="${message}">${text}</failure>`;
  const seconds = (trial.wallMs / 1000).toFixed(3);
  return markup`<testcase classname="${trial.scenario}" name="${trial.id}" time="${seconds}">${outcome}</testcase>
`;
}
