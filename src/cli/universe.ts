/** `orrery universe …`: make, look at, fork, reset and drop universes; their environment, rows and snapshots. */
import { Command, Option } from 'commander';
import type { CreateUniverse, ForkUniverse, UniverseDocument, UniverseSummary } from '../client.ts';
import { envText } from '../control/routes/env.ts';
import { type ConnectionDeps, reach, reaching, type ServerFlags, universeOf } from './connection.ts';
import { CliError } from './exit.ts';
import { readFaultsFile } from './fault.ts';
import { answer, type Io, listed, paint, tabulate } from './output.ts';
import { parcelCommands } from './parcel.ts';
import { keyValues, wholeNumber } from './parse.ts';
import { pointCommands } from './point.ts';
import { readWorld } from './world.ts';

interface BeginFlags extends ServerFlags {
  id?: string;
  name?: string;
  seed?: number;
  ttl?: string;
  clock?: 'realtime' | 'frozen' | 'scaled';
  now?: string;
  rate?: number;
  faults?: string;
  bind?: Record<string, string>;
}

interface CreateFlags extends BeginFlags {
  world?: string;
  from?: string;
  rateLimits?: string;
}

/** The group of commands. */
export function universeCommand(deps: ConnectionDeps): Command {
  const group = new Command('universe').summary('make, look at, fork, reset and drop universes');
  making(group, deps);
  looking(group, deps);
  ending(group, deps);
  environment(group, deps);
  parcelCommands(group, deps, (one) => shown(deps.io, one));
  pointCommands(group, deps);
  return group;
}

const WHICH = 'universe (ORRERY_UNIVERSE, else `default`)';
const chosen = (io: Io, id: string | undefined): string =>
  universeOf(io, id === undefined ? {} : { universe: id });

function making(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  beginning(group.command('create').summary('make a universe'))
    .option('--world <world>', 'a file, or the name of a world that the server has')
    .option('--from <id>', 'a universe or snapshot to fork')
    .option('--rate-limits <limits>', '`off`, `vendor`, or numbers as write=10,read=50')
    .action(async (flags: CreateFlags) => {
      const body = createBody(flags);
      const made = await reach(deps, flags, (orrery) => orrery.createUniverse(body));
      answer(io, flags.json, made, (one) => shown(io, one));
    });
  beginning(group.command('fork').argument('<id>').summary('a universe with the same contents'))
    .addOption(new Option('--credentials <which>', 'keep them or make fresh ones').choices(['same', 'fresh']))
    .action(async (id: string, flags: BeginFlags & { credentials?: 'same' | 'fresh' }) => {
      const { credentials } = flags;
      const body: ForkUniverse = { ...beginBody(flags), ...(credentials ? { credentials } : {}) };
      const made = await reach(deps, flags, (orrery) => orrery.forkUniverse(id, body));
      answer(io, flags.json, made, (one) => shown(io, one));
    });
}

function looking(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  reaching(group.command('list').summary('list universes')).action(async (flags: ServerFlags) => {
    const { universes, damaged } = await reach(deps, flags, async (orrery) => {
      const all: UniverseSummary[] = [];
      for (let after: string | undefined; ; ) {
        const page = await orrery.listUniverses({ limit: 1_000, ...(after ? { after } : {}) });
        all.push(...page.universes);
        after = page.next;
        if (!after) return { universes: all, damaged: page.damaged };
      }
    });
    answer(io, flags.json, { universes, ...(damaged ? { damaged } : {}) }, () => table(io, universes));
    if (flags.json) return;
    for (const { id, why, proceed } of damaged ?? [])
      io.err(`orrery: universe ${id} is damaged and was left out (${why}): ${proceed}\n`);
  });
  reaching(group.command('show').argument('[id]', WHICH).summary('addresses and credentials')).action(
    async (id: string | undefined, flags: ServerFlags) => {
      const one = await reach(deps, flags, (orrery) => orrery.getUniverse(chosen(io, id)));
      answer(io, flags.json, one, () => shown(io, one));
    },
  );
}

function ending(group: Command, deps: ConnectionDeps): void {
  const { io } = deps;
  reaching(group.command('reset').argument('[id]', WHICH).summary('back to how it began')).action(
    async (id: string | undefined, flags: ServerFlags) => {
      const one = await reach(deps, flags, (orrery) => orrery.resetUniverse(chosen(io, id)));
      answer(io, flags.json, one, () => `${one.id} is reset`);
    },
  );
  reaching(group.command('delete').argument('<id...>').summary('drop universes')).action(
    async (ids: string[], flags: ServerFlags) => {
      for (const id of ids) await reach(deps, flags, (orrery) => orrery.deleteUniverse(id));
      answer(io, flags.json, { deleted: ids }, () => ids.map((id) => `${id} is gone`).join('\n'));
    },
  );
}

function environment(group: Command, deps: ConnectionDeps): void {
  reaching(group.command('env').argument('[id]', WHICH).summary('environment for a program'))
    .addOption(new Option('--format <format>', 'how').choices(['shell', 'dotenv', 'json']).default('shell'))
    .action(async (id: string | undefined, flags: ServerFlags & { format: 'shell' | 'dotenv' | 'json' }) => {
      const env = await reach(deps, flags, (orrery) => orrery.getEnv(chosen(deps.io, id)));
      const { format } = flags;
      answer(deps.io, flags.json || format === 'json', env, () =>
        envText(env, format === 'json' ? 'shell' : format),
      );
    });
}

/** Options that making and forking have in common. */
const beginning = (command: Command): Command =>
  reaching(command)
    .option('--id <id>', 'its id; drawn unless said')
    .option('--name <name>', 'its name')
    .option('--seed <number>', 'what everything is drawn from', wholeNumber())
    .option('--ttl <duration>', 'how long it stays, as 30m')
    .addOption(new Option('--clock <mode>', 'how time goes').choices(['realtime', 'frozen', 'scaled']))
    .option('--now <time>', 'what time it is, ISO 8601')
    .option('--rate <number>', 'universe seconds a second, with --clock scaled', Number)
    .option('--faults <file>', 'faults that it begins with')
    .option('--bind <name=url...>', 'values for the names in the world’s URLs', keyValues);

function beginBody(flags: BeginFlags): ForkUniverse {
  const { id, name, seed, ttl, clock: mode, now, rate, faults, bind } = flags;
  const clock = {
    ...(mode ? { mode } : {}),
    ...(now ? { now } : {}),
    ...(rate === undefined ? {} : { rate }),
  };
  return {
    ...(id ? { id } : {}),
    ...(name ? { name } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(ttl ? { ttl } : {}),
    ...(Object.keys(clock).length > 0 ? { clock } : {}),
    ...(faults ? { faults: readFaultsFile(faults) } : {}),
    ...(bind ? { bind } : {}),
  };
}

function createBody(flags: CreateFlags): CreateUniverse {
  const { world, from, rateLimits } = flags;
  return {
    ...beginBody(flags),
    ...(world === undefined ? {} : { world: /[./\\]/.test(world) ? { ...readWorld(world) } : world }),
    ...(from ? { from } : {}),
    ...(rateLimits ? { rateLimits: limits(rateLimits) } : {}),
  };
}

function limits(text: string): NonNullable<CreateUniverse['rateLimits']> {
  if (text === 'off' || text === 'vendor') return text;
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [, tier, number] = /^([^=]+)=(\d+)$/.exec(part) ?? [];
      if (!tier || !number) throw new CliError(`--rate-limits ${text}: write off, vendor, or tier=number,…`);
      return [tier, Number(number)];
    }),
  );
}

const table = (io: Io, universes: readonly UniverseSummary[]): string =>
  tabulate(
    io,
    universes,
    [
      ['ID', (one) => one.id],
      ['NAME', (one) => one.name],
      ['SEED', (one) => one.seed],
      ['CLOCK', (one) => one.clock.mode],
      ['NOW', (one) => one.clock.now.slice(0, 19)],
      ['EXPIRES', (one) => one.expiresAt?.slice(0, 19) ?? 'never'],
    ],
    'no universes: make one with `orrery universe create`',
  );

function shown(io: Io, one: UniverseDocument): string {
  const { id, name, tenant, seed, clock, expiresAt, twins } = one;
  const head = listed(io, [
    ['id', id],
    ['name', name],
    ['tenant', tenant],
    ['seed', seed],
    ['clock', `${clock.mode}${clock.mode === 'scaled' ? ` ×${clock.rate}` : ''}, ${clock.now}`],
    ['expires', expiresAt ?? 'never'],
    ...Object.entries(twins).map(([twin, { url }]) => [twin, url] as const),
  ]);
  return `${head}\n\n${paint(io, 'dim', '# paste into a shell')}\n${envText(one.env, 'shell')}`;
}
