/** `orrery coverage`: what the twins have of the vendors' official operations. Needs no server. */
import { Command, Option } from 'commander';
import { coverageOf, SUPPORT, type Support } from '../control/coverage.ts';
import { coveragePage } from '../control/coveragePage.ts';
import { didYouMean } from '../suggest.ts';
import type { Twin } from '../twin.ts';
import { CliError } from './exit.ts';
import { answer, type Io, tabulate } from './output.ts';

/** What `coverage` needs of the composition root. */
export interface CoverageDeps {
  io: Io;
  /** Every twin that ships. */
  twins(): Promise<readonly Twin[]>;
}

interface Flags {
  twin?: string;
  support?: Support;
  list?: boolean;
  json?: boolean;
  markdown?: boolean;
}

/** The command. */
export function coverageCommand(deps: CoverageDeps): Command {
  return new Command('coverage')
    .summary('what the twins have of the vendors’ operations')
    .description(
      'What the twins have of the vendors’ official operations: implemented, stored only, or a gap.',
    )
    .option('--twin <twin>', 'only this one')
    .addOption(new Option('--support <support>', 'list operations of this support').choices(SUPPORT))
    .option('--list', 'list the operations too')
    .option('--json', 'print JSON')
    .option('--markdown', 'print a page of it, family by family')
    .action(async (flags: Flags) => {
      const all = await deps.twins();
      const names = all.map((twin) => twin.name);
      const { twin, support } = flags;
      if (twin !== undefined && !names.includes(twin))
        throw new CliError(
          `there is no twin ${twin}${didYouMean(twin, names)}; there are ${names.join(', ')}`,
        );
      const chosen = all.filter((one) => twin === undefined || one.name === twin);
      if (flags.markdown) return answer(deps.io, false, undefined, () => coveragePage(chosen).trimEnd());
      const { totals, operations } = coverageOf(chosen);
      const shown = operations.filter((one) => support === undefined || one.support === support);
      answer(deps.io, flags.json, { twins: totals, operations: shown }, () => {
        const table = tabulate(
          deps.io,
          Object.entries(totals),
          [
            ['TWIN', ([name]) => name],
            ['IMPLEMENTED', ([, one]) => one.implemented],
            ['STORED', ([, one]) => one.stored],
            ['GAP', ([, one]) => one.gap],
            ['OFFICIAL', ([, one]) => one.total],
            [
              'SHARE',
              ([, one]) =>
                `${((100 * (one.implemented + one.stored)) / Math.max(1, one.total)).toFixed(1)} %`,
            ],
          ],
          'no twins',
        );
        if (!flags.list && support === undefined) return table;
        const list = tabulate(
          deps.io,
          shown,
          [
            ['TWIN', (one) => one.twin],
            ['OPERATION', (one) => one.id],
            ['METHOD', (one) => one.method],
            ['PATH', (one) => one.path],
            ['SUPPORT', (one) => one.support],
          ],
          'no operations',
        );
        return `${table}\n\n${list}`;
      });
    });
}
