/** `summary.md`: what goes back to the builder, at level `story` – which stories failed, in the user's words. */
import type { RunDocument } from '../directory.ts';
import type { TrialRecord } from '../record.ts';
import { movesOf, unsatisfiedStories } from './moves.ts';
import { percent, points, probability, range } from './words.ts';

/** The document. */
export function summaryMarkdown(run: RunDocument, trials: readonly TrialRecord[]): string {
  const lines = [
    `# ${run.run}`,
    '',
    `${run.scenarios.length} scenarios × ${run.trials} trials, seed ${run.seed}.`,
    '',
  ];
  lines.push(
    '| build | satisfaction | 95 % interval | change | gate |',
    '| --- | ---: | ---: | ---: | --- |',
  );
  for (const { candidate, satisfaction, change, gate } of run.builds) {
    const moved = change ? `${points(change.delta)}, ${probability(change.p)}` : '–';
    const share = `${percent(satisfaction.estimate)} | ${range(satisfaction.interval)}`;
    lines.push(`| ${cell(candidate)} | ${share} | ${moved} | ${gate?.verdict ?? '–'} |`);
  }
  run.builds.forEach((build, index) => {
    const moves = movesOf(run, trials, index);
    if (moves.length === 0) return;
    lines.push('', `## What moved with ${plain(build.candidate)}`, '');
    for (const { scenario, before, after, because } of moves) {
      lines.push(`- **${plain(scenario)}**: ${before.satisfied}/${before.n} → ${after.satisfied}/${after.n}`);
      for (const reason of because) lines.push(`  - ${plain(reason)}`);
    }
  });
  const last = run.builds.at(-1);
  const stories = last ? unsatisfiedStories(run, trials, last) : [];
  if (last && stories.length > 0) {
    lines.push('', `## Stories that ${plain(last.candidate)} does not satisfy yet`, '');
    for (const { scenario, story, satisfied, n, missed } of stories) {
      lines.push(`- **${plain(scenario)}** (${satisfied}/${n}): ${plain(story)}`);
      for (const [says, times] of missed) lines.push(`  - missed in ${times}: ${plain(says)}`);
    }
  }
  if (last?.gate) lines.push('', `Gate **${last.gate.verdict}**: ${last.gate.reason}`);
  return `${lines.join('\n')}\n`;
}

/** Text that Markdown would take for markup is shown as it is. */
function plain(text: string): string {
  const marks = text.replace(/\s+/g, ' ').replace(/([\\*_`[\]#|])/g, '\\$1');
  return marks.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function cell(text: string): string {
  return plain(text);
}
