/** Coverage: the vendors' operations by name, against the endpoints that twins have. */
import type { Twin } from '../twin.ts';

/** `implemented`: rules behind it. `stored`: kept and returned, no rule behind it. `gap`: lacking. */
export const SUPPORT = ['implemented', 'stored', 'gap'] as const;
/** How far an operation goes. */
export type Support = (typeof SUPPORT)[number];

/** One operation, and how far it goes. */
export interface CoveredOperation {
  twin: string;
  id: string;
  method: string;
  path: string;
  support: Support;
  /** Whether the vendor's own description has it; the rest are pages and hosts beside the API. */
  official: boolean;
  doc?: string;
}

/** Counts over one twin's official operations. */
export type CoverageTotals = Record<Support, number> & { total: number };

/** Every operation, and totals by twin over the official ones. */
export function coverageOf(twins: readonly Twin[]): {
  totals: Record<string, CoverageTotals>;
  operations: CoveredOperation[];
} {
  const totals: Record<string, CoverageTotals> = {};
  const operations = twins.flatMap((twin) => {
    const mine = operationsOf(twin);
    const sum: CoverageTotals = { implemented: 0, stored: 0, gap: 0, total: 0 };
    for (const { support, official } of mine) {
      if (!official) continue;
      sum[support]++;
      sum.total++;
    }
    totals[twin.name] = sum;
    return mine;
  });
  return { totals, operations };
}

function operationsOf(twin: Twin): CoveredOperation[] {
  const rest = new Set(twin.endpoints);
  const official = twin.operations.map(({ id, method, path }): CoveredOperation => {
    const named = twin.endpoints.filter((one) => one.id === id);
    // A vendor may give one name to operations of two of its APIs: then the path tells.
    const endpoint = named.length < 2 ? named[0] : named.find((one) => bare(one.route).endsWith(bare(path)));
    if (endpoint) rest.delete(endpoint);
    const support = endpoint ? (endpoint.support ?? 'implemented') : 'gap';
    return {
      twin: twin.name,
      id,
      method,
      path,
      support,
      official: true,
      ...(endpoint ? { doc: endpoint.doc } : {}),
    };
  });
  const more = [...rest].map(({ id, route, support, doc }): CoveredOperation => {
    const [method = '', path = ''] = route.split(' ', 2);
    return { twin: twin.name, id, method, path, support: support ?? 'implemented', official: false, doc };
  });
  return [...official, ...more];
}

/** A path with its parameters' names left out. */
const bare = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');
