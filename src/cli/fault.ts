/** `orrery fault …`: what goes wrong on purpose. */
import { Command } from 'commander';
import type { FaultDocument, FaultText } from '../client.ts';
import { mustFit } from '../control/invalid.ts';
import { FAULT_SCHEMA } from '../preset.ts';
import { type ConnectionDeps, reach, reaching, type ServerFlags, universeOf, within } from './connection.ts';
import { CliError } from './exit.ts';
import { errorLine, fileErrors, readDocument } from './file.ts';
import { answer, type Io, tabulate } from './output.ts';
import { jsonObject, wholeNumber } from './parse.ts';

type Flags = ServerFlags & { universe?: string };

interface AddFlags extends Flags {
  id?: string;
  twin?: string;
  operation?: string;
  actor?: string;
  when?: string;
  probability?: number;
  skip?: number;
  count?: number;
  from?: string;
  for?: string;
  params?: string;
  file?: string;
}

/** The group of commands. */
export function faultCommand(deps: ConnectionDeps): Command {
  const { io } = deps;
  const group = new Command('fault').summary('put faults in, look at them, lift them');
  within(group.command('list').summary('active faults')).action(async (flags: Flags) => {
    const { faults } = await reach(deps, flags, (orrery) => orrery.listFaults(universeOf(io, flags)));
    answer(io, flags.json, { faults }, () => table(io, faults));
  });
  adding(within(group.command('add').argument('[fault]', 'a kind, or a preset as slack/ratelimited')))
    .summary('put a fault in')
    .action(async (fault: string | undefined, flags: AddFlags) => {
      const u = universeOf(io, flags);
      const texts = flags.file ? readFaultsFile(flags.file) : [textOf(fault, flags)];
      const added = await reach(deps, flags, async (orrery) => {
        const all: FaultDocument[] = [];
        for (const text of texts) {
          const put = await orrery.addFault(u, text);
          all.push(...('faults' in put ? put.faults : [put]));
        }
        return all;
      });
      answer(io, flags.json, { faults: added }, () => table(io, added));
    });
  within(group.command('remove').argument('<id...>').summary('lift faults')).action(
    async (ids: string[], flags: Flags) => {
      for (const id of ids)
        await reach(deps, flags, (orrery) => orrery.removeFault(universeOf(io, flags), id));
      answer(io, flags.json, { removed: ids }, () => ids.map((id) => `${id} is lifted`).join('\n'));
    },
  );
  within(group.command('clear').summary('lift all faults')).action(async (flags: Flags) => {
    const u = universeOf(io, flags);
    await reach(deps, flags, (orrery) => orrery.clearFaults(u));
    answer(io, flags.json, { cleared: u }, () => `${u} has no faults`);
  });
  catalogue(group, deps);
  return group;
}

function catalogue(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  reaching(group.command('kinds').summary('what can go wrong: kinds and presets')).action(
    async (flags: ServerFlags) => {
      const found = await reach(deps, flags, (orrery) => orrery.faultCatalogue());
      answer(io, flags.json, found, ({ kinds, presets }) =>
        [
          tabulate(
            io,
            kinds,
            [
              ['KIND', (one) => one.kind],
              ['DOES', (one) => one.says],
            ],
            'no kinds',
          ),
          '',
          tabulate(
            io,
            presets,
            [
              ['PRESET', (one) => one.preset],
              ['FAULTS', (one) => one.faults.map((fault) => String(fault.kind)).join(', ')],
            ],
            'no presets',
          ),
        ].join('\n'),
      );
    },
  );
}

const adding = (command: Command): Command =>
  command
    .option('--id <id>', 'its id')
    .option('--twin <twin>', 'only at this twin')
    .option('--operation <glob>', 'only on these operations, as chat.*')
    .option('--actor <glob>', 'only for these callers')
    .option('--when <expression>', 'only where this CEL expression over the request holds')
    .option('--probability <share>', 'of each match, 0 to 1', Number)
    .option('--skip <number>', 'matches to let by first', wholeNumber())
    .option('--count <number>', 'hits at most', wholeNumber())
    .option('--from <duration>', 'begins so long after now')
    .option('--for <duration>', 'lasts so long')
    .option('--params <json>', 'parameters of the kind')
    .option('--file <file>', 'faults from a YAML or JSON file instead');

function textOf(fault: string | undefined, flags: AddFlags): FaultText {
  if (fault === undefined)
    throw new CliError('say which: a kind or a preset (see `orrery fault kinds`), or --file FILE');
  const { id, twin, operation, actor, when, probability, skip, count, from, params } = flags;
  const match = { ...{ twin, operation, actor, when } };
  const window = { from, for: flags.for };
  const given = <T extends object>(value: T): T =>
    Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
  const text = given({
    ...(fault.includes('/') ? { preset: fault } : { kind: fault }),
    ...{ id, probability, skip, count },
    ...(Object.keys(given(match)).length > 0 ? { match: given(match) } : {}),
    ...(Object.keys(given(window)).length > 0 ? { window: given(window) } : {}),
    ...(params ? { params: jsonObject('--params', params) } : {}),
  });
  return text as FaultText;
}

/** A faults file: one fault, a list, or `faults: […]`. Throws a CliError that names the line of the first mistake. */
export function readFaultsFile(path: string): FaultText[] {
  const document = readDocument(path);
  const value = document.value as { faults?: unknown } | unknown[] | null;
  const inKey = !Array.isArray(value) && value !== null && typeof value === 'object' && 'faults' in value;
  const list = inKey ? value.faults : value;
  const at = inKey ? '/faults' : '';
  const [first] = fileErrors(document, () =>
    mustFit(Array.isArray(list) ? { type: 'array', items: FAULT_SCHEMA } : FAULT_SCHEMA, list, at),
  );
  if (first) throw new CliError(errorLine(first));
  return (Array.isArray(list) ? list : [list]) as FaultText[];
}

const table = (io: Io, faults: readonly FaultDocument[]): string =>
  tabulate(
    io,
    faults,
    [
      ['ID', (one) => one.id],
      ['KIND', (one) => one.kind],
      [
        'MATCH',
        (one) =>
          Object.entries(one.match ?? {})
            .map(([name, value]) => `${name}=${value}`)
            .join(' ') || 'all',
      ],
      ['SEEN', (one) => one.seen],
      ['HITS', (one) => one.hits],
      ['PARAMS', (one) => (Object.keys(one.params ?? {}).length > 0 ? JSON.stringify(one.params) : '')],
    ],
    'no faults: put one in with `orrery fault add KIND`',
  );
