/** From findings to the verdict of a trial: unsatisfied > unknown > satisfied. */
import type { Finding, Verdict } from './checkers/checker.ts';
import type { UnknownCause } from './policy.ts';

/** Verdict, cause and score of a trial's findings. */
export function merge(findings: readonly Finding[]): {
  verdict: Verdict;
  cause?: UnknownCause;
  score: number | null;
} {
  const musts = findings.filter((finding) => finding.as === 'must');
  const unknown = musts.find((finding) => finding.verdict === 'unknown');
  const decided = findings.filter((finding) => finding.verdict !== 'unknown');
  const total = sum(decided.map((finding) => finding.weight));
  const held = sum(
    decided.filter((finding) => finding.verdict === 'satisfied').map((finding) => finding.weight),
  );
  const score = total === 0 ? null : held / total;
  if (musts.some((finding) => finding.verdict === 'unsatisfied')) return { verdict: 'unsatisfied', score };
  if (unknown) return { verdict: 'unknown', cause: unknown.cause ?? 'harness', score };
  return { verdict: 'satisfied', score };
}

/**
 * Where the program asked for an operation that a twin lacks, what did not come about tells nothing about the
 * program. What it did and must not have done still does.
 */
export function excuseGaps(findings: readonly Finding[], gaps: readonly string[]): Finding[] {
  if (gaps.length === 0) return [...findings];
  return findings.map((finding) => {
    if (finding.verdict !== 'unsatisfied' || finding.kind === 'never' || finding.kind === 'untouched')
      return finding;
    const evidence = { text: `a twin lacks ${gaps.join(', ')}` };
    return { ...finding, verdict: 'unknown', cause: 'gap', evidence: [evidence, ...finding.evidence] };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
