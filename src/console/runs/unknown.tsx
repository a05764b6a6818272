/** What counts neither for nor against a build: trials that nobody can judge, and records that cannot be read. */
import { type Log, TRIALS_MAX } from './log.ts';
import type { BuildNow } from './now.ts';
import type { RunDocument } from './shape.ts';
import { count, whole } from './words.ts';

/** Causes of an unknown, in words. */
const CAUSES: Record<string, string> = {
  gap: 'a twin lacks an operation',
  harness: 'the harness could not tell',
  infrastructure: 'the machine failed',
  judge: 'the judge did not answer',
};

/** The section; nothing where every trial was decided and every record is sound. */
export function Aside({ run, builds, log }: { run: RunDocument; builds: readonly BuildNow[]; log: Log }) {
  const unknown = builds.flatMap(({ candidate, build }) => {
    const causes = Object.entries(build?.satisfaction.unknowns ?? {}).filter(([, n]) => n > 0);
    return causes.length === 0 ? [] : [{ candidate, causes }];
  });
  const unscored = builds.flatMap(({ candidate, build }) => {
    const without = build?.satisfaction.unscored ?? [];
    return without.length === 0 ? [] : [{ candidate, without }];
  });
  const leftOut = run.scenarios.filter((one) => (one.leftOut ?? []).length > 0);
  if (unknown.length + unscored.length + leftOut.length + log.damaged === 0 && !log.cut) return <></>;
  return (
    <>
      <h2>Kept apart</h2>
      <ul class="card">
        {unknown.map(({ candidate, causes }) => (
          <li>
            {candidate}:{' '}
            {causes.map(([cause, n]) => `${whole(n)} unknown, ${CAUSES[cause] ?? cause}`).join('; ')}
          </li>
        ))}
        {unscored.map(({ candidate, without }) => (
          <li>
            {candidate}: no decided trial of {without.join(', ')}; the estimate is without their weight
          </li>
        ))}
        {leftOut.map(({ scenario, leftOut: why }) => (
          <li>
            {scenario}: left out {(why ?? []).join('; ')}
          </li>
        ))}
        {log.damaged > 0 ? (
          <li>
            {count(log.damaged, 'line')} of <code>trials.jsonl</code> cannot be read
          </li>
        ) : (
          ''
        )}
        {log.cut ? <li>The lists below hold the first {whole(TRIALS_MAX)} trials.</li> : ''}
      </ul>
    </>
  );
}
