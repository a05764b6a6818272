/** What programs asked for and no twin has. */
import type { Universe } from '../../universe.ts';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { livePath, universePage } from './frame.tsx';

const SHOWN_MAX = 200;

/** Adds `…/gaps`. */
export function gapRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  app.get('/console/u/:universe/gaps', (c) => {
    const universe = deps.universe(c);
    const children = <Gaps universe={universe} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'gaps', children }));
  });
}

function Gaps({ universe }: { universe: Universe }) {
  const gaps = universe.journal.gaps();
  return (
    <div
      id="gaps"
      data-live={livePath(universe.id, { view: 'exchange' })}
      data-after={String(universe.journal.end)}
    >
      {gaps.length === 0 ? (
        <div class="empty">Every operation that programs asked for is there.</div>
      ) : (
        <div class="wide">
          <table class="stack">
            <thead>
              <tr>
                <th>Twin</th>
                <th>Operation</th>
                <th class="n">Times</th>
                <th>Last</th>
              </tr>
            </thead>
            <tbody>
              {gaps.slice(0, SHOWN_MAX).map((gap) => (
                <tr>
                  <td>
                    <span class="badge">{gap.twin}</span>
                  </td>
                  <td>{gap.operation}</td>
                  <td class="n">{gap.count} ×</td>
                  <td class="fill">
                    <a href={`/console/u/${universe.id}/journal/${gap.lastSeq}`}>
                      {gap.method} {gap.path}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {gaps.length > SHOWN_MAX ? <p class="dim">… and {gaps.length - SHOWN_MAX} more.</p> : ''}
        </div>
      )}
    </div>
  );
}
