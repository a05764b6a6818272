/** Expectations of a trial: what the user would see, whether it was so, and the evidence. */
import { Badge } from './list.tsx';
import type { Evidence, Finding } from './shape.ts';
import { duration } from './words.ts';

const ORDER = ['unsatisfied', 'unknown', 'satisfied'];
const VALUE_CHARS_MAX = 2_000;

interface Shown {
  findings: readonly Finding[];
  /** The address of the moment with a journal number; undefined where the trajectory has none. */
  to: (seq: number) => string | undefined;
}

/** The list; what did not hold comes first. */
export function Findings({ findings, to }: Shown) {
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return (
    <ul class="findings card">
      {sorted.map((finding) => (
        <li>
          <Badge of={finding.verdict} text={finding.cause ? `unknown: ${finding.cause}` : finding.verdict} />
          <div>
            {finding.says} <span class="dim small">{sort(finding)}</span>
            {(finding.evidence ?? []).map((evidence) => (
              <Proof evidence={evidence} to={to} />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function sort({ id, kind, as, tookMs }: Finding): string {
  const took = tookMs === undefined ? '' : `, after ${duration(tookMs)}`;
  return `${id} · ${kind}${as === 'should' && kind !== 'should' ? ', wished' : ''}${took}`;
}

function Proof({ evidence: { text, seq, atMs, step, values }, to }: { evidence: Evidence; to: Shown['to'] }) {
  const href = seq === undefined ? undefined : to(seq);
  const at = [atMs === undefined ? '' : `at ${duration(atMs)}`, step === undefined ? '' : `step ${step}`];
  const where = at.filter(Boolean).join(', ');
  const named = Object.entries(values ?? {});
  return (
    <div class="small">
      {text}{' '}
      {href === undefined ? <span class="dim">{where}</span> : <a href={href}>{where || `entry ${seq}`}</a>}
      {named.length === 0 ? (
        ''
      ) : (
        <details>
          <summary class="dim">values</summary>
          <pre>{named.map(([name, value]) => `${name} = ${written(value)}`).join('\n')}</pre>
        </details>
      )}
    </div>
  );
}

function written(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
}
