/** The page that shows coverage, as `docs/coverage.md` keeps it. */
import type { Twin } from '../twin.ts';
import { type CoverageTotals, coverageOf, type Support } from './coverage.ts';

/**
 * Markdown: by twin and by the vendor's families, how many of its official operations are implemented, stored and
 * lacking.
 */
export function coveragePage(twins: readonly Twin[]): string {
  const { totals, operations } = coverageOf(twins);
  const parts = twins.map((twin) => {
    const families = new Map(
      twin.operations.map(({ method, path, tag }) => [`${method} ${path}`, familyOf(tag)]),
    );
    const rows = new Map<string, CoverageTotals>();
    for (const { twin: of, method, path, support, official } of operations) {
      if (of !== twin.name || !official) continue;
      const family = families.get(`${method} ${path}`) ?? '';
      const row = rows.get(family) ?? { implemented: 0, stored: 0, gap: 0, total: 0 };
      rows.set(family, { ...row, [support]: row[support] + 1, total: row.total + 1 });
    }
    const sum = totals[twin.name] as CoverageTotals;
    return `## ${twin.title}\n\n${table([...[...rows].sort(byName), ['**all**', sum]])}`;
  });
  return `${HEAD}\n\n${parts.join('\n\n')}\n`;
}

const HEAD = `# What the twins have

The vendors' official operations, by the vendors' own families. *Implemented*: rules stand behind it. *Stored*: kept and
returned, with no rule behind it. *Gap*: it answers with \`x-orrery-gap\`, loudly. \`orrery coverage --list\` names each one.
Made by \`orrery coverage --markdown > docs/coverage.md\`; a test says when it is not current.`;

/** The first word of a family's name: \`conversations\` of \`conversations.canvases\`. */
const familyOf = (tag: string | undefined): string => (tag ?? '').split('.', 1)[0] ?? '';

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const COLUMNS: readonly (Support | 'total')[] = ['implemented', 'stored', 'gap', 'total'];

function table(rows: readonly (readonly [family: string, counts: CoverageTotals])[]): string {
  const lines = rows.map(([family, counts]) => [family, ...COLUMNS.map((one) => String(counts[one] || ''))]);
  const head = ['family', 'implemented', 'stored', 'gap', 'official'];
  return [head, ['---', ...COLUMNS.map(() => '--:')], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
