/** `orrery exec -- CMD`: a fresh universe for one command, and what happened in it. */
import { existsSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { ApiError } from '../error.ts';
import type { OpenTwins } from '../exec/exec.ts';
import type { IsolationPlan } from '../exec/isolate/available.ts';
import type { Refusal, Summary } from '../exec/summary.ts';
import type { FaultInput } from '../fault.ts';
import { faultsFrom } from '../preset.ts';
import { DEFAULT_WORLD, type Registry } from '../registry.ts';
import type { WorldFile } from '../world/file.ts';
import { CliError } from './exit.ts';
import { readFaultsFile } from './fault.ts';
import { type Io, paint, tabulate } from './output.ts';
import { wholeNumber } from './parse.ts';
import { readWorld } from './world.ts';

/** What `exec` needs of the composition root. */
export interface ExecDeps {
  io: Io;
  /** A server of twins only, on a free loopback port. */
  openTwins: OpenTwins;
}

interface Flags {
  world: string;
  seed?: number;
  faults?: string;
  proxy: boolean;
  allow: string[];
  isolate?: boolean;
  summary?: string;
  journal?: string;
  quiet?: boolean;
  json?: boolean;
}

const DEFAULT_SEED = 1;
/** The ids of faults that were given none. */
const DRAWN_ID = /^f\d+$/;

/** The command. */
export function execCommand({ io, openTwins }: ExecDeps): Command {
  return new Command('exec')
    .summary('run a command in a universe of its own')
    .description(
      'Run a command, unchanged, in a universe of its own: calls to the vendors’ own addresses land there. ' +
        'What the command did is told on stderr when it has ended. The exit code is the command’s.',
    )
    .argument('<command...>', 'what to run, after --')
    .option('--world <world>', 'a file, or a built-in name', DEFAULT_WORLD)
    .option('--seed <number>', 'what everything is drawn from; 1 unless said', wholeNumber())
    .option('--faults <faults>', 'a file, or presets and kinds as slack/ratelimited,outage')
    .option('--no-proxy', 'base URLs only; the vendors’ own addresses are left alone')
    .option('--allow <host>', 'let a host (or host:port) through, besides; repeatable', collected, [])
    .option('--isolate', 'no network but the twins’ (Linux)')
    .option('--summary <file>', 'write the summary there too, as JSON')
    .option('--journal <file>', 'write the journal there, one entry a line, as JSON')
    .option('-q, --quiet', 'no summary on stderr')
    .option('--json', 'the summary on stderr as one line of JSON')
    .passThroughOptions()
    .action(async ([command = '', ...args]: string[], flags: Flags) => {
      const { exec } = await import('../exec/exec.ts');
      const { world, seed, proxy, allow, faults } = flags;
      const isolation = flags.isolate ? await isolationPlan(flags) : undefined;
      const result = await exec(
        {
          ...{ command, args, env: io.env, proxy, isolation },
          allow: allow.flatMap((one) => one.split(',')).filter(Boolean),
          universe: (registry) => {
            const file = worldOf(registry, world);
            return {
              world: file,
              seed: seed ?? file.seed ?? DEFAULT_SEED,
              faults: faultsOf(registry, faults),
            };
          },
        },
        openTwins,
      );
      if (flags.journal) writeFileSync(flags.journal, lines(result.journal));
      if (flags.summary) writeFileSync(flags.summary, `${JSON.stringify(result.summary, null, 2)}\n`);
      if (flags.json) io.err(`${JSON.stringify(result.summary)}\n`);
      else if (!flags.quiet && !result.failure)
        io.err(shown({ ...io, terminal: io.errTerminal ?? false }, result.summary));
      if (result.code !== 0) throw new CliError(result.failure ?? '', result.code);
    });
}

async function isolationPlan({ proxy }: Flags): Promise<IsolationPlan> {
  if (!proxy) throw new CliError('--isolate needs the proxy: leave --no-proxy out');
  const { isolationAvailable } = await import('../exec/isolate/available.ts');
  const available = isolationAvailable();
  if (!available.ok) throw new CliError(`--isolate: ${available.why}; ${available.next}`);
  return available.plan;
}

const collected = (one: string, before: string[]): string[] => [...before, one];
const lines = (entries: readonly unknown[]): string =>
  entries.map((one) => `${JSON.stringify(one)}\n`).join('');

/** A name that the registry knows, or a file. */
function worldOf(registry: Registry, world: string): WorldFile {
  return /[./\\]/.test(world) ? readWorld(world) : registry.world(world);
}

/** A file where there is one of that name, else names of presets (`slack/ratelimited`) and kinds (`outage`). */
function faultsOf(registry: Registry, text: string | undefined): FaultInput[] {
  if (text === undefined) return [];
  const isFile = existsSync(text) || /\.(ya?ml|json)$/.test(text);
  const named = (name: string) => (name.includes('/') ? { preset: name } : { kind: name });
  const texts = isFile ? readFaultsFile(text) : text.split(',').filter(Boolean).map(named);
  const twins = [...registry.twins.values()].map(({ twin }) => twin);
  try {
    return texts.flatMap((one) => faultsFrom(one, twins));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const [first] =
      (error.data as { errors?: { pointer: string; detail: string }[] } | undefined)?.errors ?? [];
    throw new CliError(`--faults ${text}: ${first?.detail ?? error.message} (see \`orrery fault kinds\`)`);
  }
}

/** For people: a table of what was asked, and below it only what there was of the rest. */
function shown(io: Io, summary: Summary): string {
  const { exchanges, faults, gaps, refused, untrusted, deliveries, seed } = summary;
  const asked = Object.entries(exchanges);
  const table = tabulate(
    io,
    asked,
    [
      ['TWIN', ([twin]) => twin],
      ['CALLS', ([, { ok, fail, info }]) => ok + fail + info],
      ['OK', ([, { ok }]) => ok],
      ['FAILED', ([, { fail }]) => fail],
      ['EVENTS SENT', ([twin]) => sum(deliveries[twin])],
    ],
    'the command asked no twin anything',
  );
  const hit = faults.map(
    ({ id, kind, hits }) => `${DRAWN_ID.test(id) ? kind : `${kind} (${id})`} ${times(hits)}`,
  );
  const lacking = gaps.map(
    (one) => `${one.twin} ${one.operation} (${one.method} ${one.path}) ${times(one.count)}`,
  );
  const part = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : [paint(io, 'yellow', title), ...rows.map((row) => `  ${row}`)];
  return `${[
    `${paint(io, 'bold', 'orrery')}: universe of seed ${seed}`,
    ...table.split('\n').map((line) => `  ${line}`),
    ...part('faults', hit),
    ...part('gaps: operations that the vendor has and the twin lacks', lacking),
    ...part('refused hosts (let one through with --allow HOST:PORT)', refused.map(barred)),
    ...part('hosts whose certificates the command did not trust', untrusted.map(barred)),
  ].join('\n')}\n`;
}

const barred = ({ host, why, count }: Refusal): string => `${host} ${times(count)}: ${why}`;
const times = (count: number): string => `×${count}`;
const sum = (counts: Record<string, number> | undefined): number =>
  Object.values(counts ?? {}).reduce((a, b) => a + b, 0);
