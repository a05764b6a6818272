/** `orrery world check`: whether a world file is valid, and where it is not. */
import { Command } from 'commander';
import { mustFit } from '../control/invalid.ts';
import { asProblem } from '../control/problem.ts';
import { WORLD_SCHEMA, type WorldFile } from '../world/file.ts';
import { CliError, EXIT } from './exit.ts';
import { type Document, errorLine, type FileError, fileErrors, readDocument } from './file.ts';
import { answer, type Io, paint } from './output.ts';

/** What `world check` needs of the composition root. */
export interface WorldDeps {
  io: Io;
  /** Plants a world in a universe that is thrown away; rejects with the kernel's refusal. */
  tryWorld(world: WorldFile): Promise<{ rows: Record<string, number> }>;
}

/** The group of commands. */
export function worldCommand(deps: WorldDeps): Command {
  const check = new Command('check')
    .summary('validate world files')
    .description('Validate world files: their shape, and whether every twin can be planted from them.')
    .argument('<file...>')
    .option('--json', 'for machines')
    .action(async (files: string[], { json }: { json?: boolean }) => {
      const results: Checked[] = [];
      for (const file of files) results.push(await checked(file, deps));
      answer(deps.io, json, results, () => results.map((one) => shown(deps.io, one)).join('\n'));
      if (results.some((one) => one.errors.length > 0)) throw new CliError('', EXIT.no);
    });
  return new Command('world').summary('validate world files').addCommand(check);
}

/** A world file, or a CliError of one line that names the first thing that is wrong. */
export function readWorld(path: string): WorldFile {
  const document = readDocument(path);
  const [first, ...more] = fileErrors(document, fitsSchema);
  if (first)
    throw new CliError(
      `${errorLine(first)}${more.length > 0 ? ` (and ${more.length} more: orrery world check ${path})` : ''}`,
    );
  return document.value as WorldFile;
}

interface Checked {
  file: string;
  errors: FileError[];
  rows?: Record<string, number>;
}

async function checked(file: string, deps: WorldDeps): Promise<Checked> {
  const document = readDocument(file);
  const errors = fileErrors(document, fitsSchema);
  if (errors.length > 0) return { file, errors };
  try {
    return { file, errors, ...(await deps.tryWorld(document.value as WorldFile)) };
  } catch (error) {
    return { file, errors: planted(document, error) };
  }
}

const fitsSchema = (value: unknown): void => mustFit(WORLD_SCHEMA, value);

/** The kernel names no place: the first line that holds the e-mail or name that it did not know is told. */
function planted(document: Document, error: unknown): FileError[] {
  const { init } = asProblem(error);
  if (init.status === 500) throw error;
  return fileErrors(document, () => {
    throw asProblem(error);
  });
}

function shown(io: Io, { file, errors, rows }: Checked): string {
  if (errors.length > 0) return errors.map(errorLine).join('\n');
  const counts = Object.entries(rows ?? {}).map(([table, count]) => `${table} ${count}`);
  return `${file}: ${paint(io, 'green', 'valid')}${counts.length > 0 ? ` (${counts.join(', ')})` : ''}`;
}
