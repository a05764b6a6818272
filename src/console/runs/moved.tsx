/** What moved from one build to the next, and why. */
import { Badge } from './list.tsx';
import type { Log } from './log.ts';
import { type Move, movesOf } from './moves.ts';
import type { Build, RunDocument } from './shape.ts';
import { Against } from './table.tsx';
import { count, movedWords, pointsRange } from './words.ts';

const REASONS_MAX = 5;
const MOVES_MAX = 50;

interface Shown {
  run: RunDocument;
  log: Log;
  /** Of the build in the run; it has one before it. */
  index: number;
  build: Build;
}

/** The section on one build. */
export function Moved({ run, log, index, build }: Shown) {
  const { change } = build;
  const moves = movesOf(run, log, index);
  return (
    <>
      <h2>
        What moved: {run.builds[index - 1]?.candidate} → {build.candidate}
      </h2>
      <div class="card">
        {change ? (
          <p>
            <Against change={change} /> ({pointsRange(change.interval)}) over {count(change.pairs, 'pair')}
            {change.detectable === undefined
              ? ''
              : `; so many would find a change of about ${Math.round(change.detectable * 100)} points`}
            .
          </p>
        ) : (
          <p class="dim">No pair of trials was decided in both builds, so they cannot be compared.</p>
        )}
        {moves.length === 0 ? <p>No story moved.</p> : ''}
        <ul class="moves">
          {moves.slice(0, MOVES_MAX).map((move) => (
            <One move={move} />
          ))}
        </ul>
        {moves.length > MOVES_MAX ? <p class="dim">… and {moves.length - MOVES_MAX} more.</p> : ''}
      </div>
    </>
  );
}

function One({ move }: { move: Move }) {
  const { scenario, story, before, after, marked, blind, because } = move;
  return (
    <li>
      <b>{scenario}</b> {before.satisfied} of {before.n} → {after.satisfied} of {after.n}{' '}
      {marked === 'same' ? (
        <span class="dim small">({movedWords(marked, blind)})</span>
      ) : (
        <Badge of={marked} />
      )}
      <div class="dim small">{story}</div>
      <ul>
        {because.slice(0, REASONS_MAX).map((reason) => (
          <li>{why(reason)}</li>
        ))}
        {because.length > REASONS_MAX ? <li class="dim">and {because.length - REASONS_MAX} more</li> : ''}
      </ul>
    </li>
  );
}

function why({ says, was, is }: Move['because'][number]): string {
  if (is === 0) return `no longer fails: ${says} (${was} → 0)`;
  if (was === 0) return `now fails: ${says} (0 → ${is})`;
  return `fails ${is > was ? 'more' : 'less'} often: ${says} (${was} → ${is})`;
}
