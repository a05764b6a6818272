/** `orrery universe export|import`: a whole universe as one file, to be taken to another server. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { UniverseDocument, UniverseExport } from '../client.ts';
import { type ConnectionDeps, reach, reaching, type ServerFlags, universeOf } from './connection.ts';
import { CliError } from './exit.ts';
import { readText } from './file.ts';
import { answer } from './output.ts';

/** Adds the commands to the group; `shown` is how a universe is printed. */
export function parcelCommands(
  group: Command,
  deps: ConnectionDeps,
  shown: (universe: UniverseDocument) => string,
): void {
  const { io } = deps;
  reaching(
    group
      .command('export')
      .argument('[id]', 'universe (ORRERY_UNIVERSE, else `default`)')
      .summary('write all of a universe to a file, for `import`'),
  )
    .description(
      'Write all of a universe to a file: rows of every twin, seed, time, counters, scheduled work, faults, snapshots ' +
        'and credentials. The file is as secret as the credentials in it: it is readable by its owner only (mode 0600).',
    )
    .option('--out <file>', 'where to; `-` prints it (ID.universe.json unless said)')
    .action(async (id: string | undefined, flags: ServerFlags & { out?: string }) => {
      const u = universeOf(io, id === undefined ? {} : { universe: id });
      const text = `${JSON.stringify(await reach(deps, flags, (orrery) => orrery.exportUniverse(u)))}\n`;
      const { out = `${u}.universe.json` } = flags;
      if (out === '-') return io.out(text);
      writeSecret(out, text);
      answer(
        io,
        flags.json,
        { universe: u, file: out, bytes: Buffer.byteLength(text) },
        () => `${u} is in ${out}: bring it back with \`orrery universe import ${out}\``,
      );
    });
  reaching(
    group
      .command('import')
      .argument('<file>', 'what export wrote; - is the standard input')
      .summary('make the universe of an exported file'),
  )
    .option('--id <id>', 'its id here; the one that it had unless said')
    .action(async (file: string, flags: ServerFlags & { id?: string }) => {
      const parcel = readParcel(file);
      const query = flags.id ? { id: flags.id } : {};
      const made = await reach(deps, flags, (orrery) => orrery.importUniverse(parcel, query));
      answer(io, flags.json, made, shown);
    });
}

function readParcel(file: string): UniverseExport {
  const text = readText(file);
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object' && !Array.isArray(value)) return value as UniverseExport;
  } catch {
    // Said below.
  }
  throw new CliError(
    `${file} is no export of a universe, or damaged: give a file that \`orrery universe export\` wrote`,
  );
}

/** In one step, so that no other file is half lost to it; for its owner only. */
function writeSecret(path: string, text: string): void {
  try {
    // A mode is given to new files only.
    rmSync(`${path}.new`, { force: true });
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
