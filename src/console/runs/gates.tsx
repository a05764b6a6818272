/** The gate's thresholds against each build: what held, what did not, and what follows. */

import { Wide } from '../wide.tsx';
import { Badge } from './list.tsx';
import type { Build, Gate, Rule } from './shape.ts';

/** One section for all builds that were gated, the newest open. */
export function Gates({ builds }: { builds: readonly Build[] }) {
  const gated = builds.flatMap(({ candidate, gate }) => (gate ? [{ candidate, gate }] : [])).reverse();
  if (gated.length === 0) return <></>;
  return (
    <>
      <h2>Gate</h2>
      <div class="card">
        {gated.map(({ candidate, gate }, i) => (
          <details open={i === 0}>
            <summary>
              {candidate} <Badge of={gate.verdict} /> <span class="dim small">policy {gate.policy}</span>
            </summary>
            <Rules gate={gate} />
          </details>
        ))}
      </div>
    </>
  );
}

function Rules({ gate }: { gate: Gate }) {
  return (
    <Wide name="Thresholds">
      <table>
        <thead>
          <tr>
            <th>Threshold</th>
            <th>Held</th>
            <th>Numbers</th>
            <th>Else</th>
          </tr>
        </thead>
        <tbody>
          {gate.rules.map((rule) => (
            <Row rule={rule} />
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Row({ rule: { that, held, numbers, follows, to, because } }: { rule: Rule }) {
  return (
    <tr>
      <td class="fill">
        <code>{that}</code>
        <div class="dim small">{because}</div>
      </td>
      <td>
        <span class={`badge ${held === true ? 'ok' : held === false ? 'bad' : 'warn'}`}>
          {held === true ? 'yes' : held === false ? 'no' : 'cannot be said'}
        </span>
      </td>
      <td>{numbers}</td>
      <td>{to === undefined ? follows : `${follows} to ${to}`}</td>
    </tr>
  );
}
