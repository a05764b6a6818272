/** Runs the blocks of a recipe's page as a reader would: files beside them, a universe's environment, `orrery` in PATH. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltCommand } from './command.ts';
import { PROGRAMS, PYTHON } from './machine.ts';
import { type Block, blocksOf } from './page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Milliseconds for one block, and for a program in the background to listen. */
const BLOCK_MS = 30_000;
const PORT_MS = 10_000;

/** An exchange of `orrery exec`'s own universe, as its journal says it. */
export type Line = Record<string, unknown>;

/** What became of a page. */
export interface Ran {
  /** What all blocks wrote to stdout. */
  output: string;
  /** The journal of the last `orrery exec`, if there was one. */
  journal: Line[];
}

/** A folder for one page, with the packages of this project and of `test/programs` in reach. */
export class Workspace {
  readonly folder: string;
  readonly #env: Record<string, string>;
  readonly #running: ChildProcess[] = [];

  constructor(command: BuiltCommand, env: Record<string, string>) {
    const outer = mkdtempSync(join(tmpdir(), 'orrery-recipe-'));
    this.folder = join(outer, 'work');
    mkdirSync(this.folder);
    const packages = join(outer, 'node_modules');
    for (const from of [PROGRAMS, join(ROOT, 'node_modules')]) linkPackages(from, packages);
    const plain = Object.fromEntries(
      ['LANG', 'LD_LIBRARY_PATH', 'TMPDIR'].flatMap((name) =>
        process.env[name] === undefined ? [] : [[name, process.env[name] as string]],
      ),
    );
    this.#env = {
      ...plain,
      ...env,
      HOME: command.home,
      PATH: [command.bin, '/usr/bin', '/bin', process.env.PATH].join(':'),
      RECIPE_JOURNAL: join(this.folder, 'exec.jsonl'),
    };
  }

  /** Puts a page's files there and runs what is to be run, in order. Throws with its output where a block fails. */
  async runPage(page: string): Promise<Ran> {
    const blocks = blocksOf(page);
    for (const block of blocks) if (block.use === 'file') this.write(block.file as string, block.text);
    const port = await freePort();
    let output = '';
    for (const block of blocks.filter(({ use }) => use === 'run')) {
      const env = { ...this.#env, PORT: String(port) };
      if (block.background) await this.#start(block, env, port);
      else output += await this.#run(block, env);
    }
    return { output, journal: this.journal() };
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs a shell line, and hands back what it wrote to stdout. Throws with its output where it fails. */
  shell(text: string, more: Record<string, string> = {}): Promise<string> {
    return finished(spawn('sh', ['-ec', text], { cwd: this.folder, env: { ...this.#env, ...more } }), text);
  }

  /** The environment that blocks get. */
  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** What the last `orrery exec` wrote down. */
  journal(name: string = 'exec.jsonl'): Line[] {
    const file = join(this.folder, name);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Line);
  }

  /** Ends what is in the background and removes the folder. */
  async close(): Promise<void> {
    for (const child of this.#running) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await ended;
    }
    rmSync(join(this.folder, '..'), { recursive: true, force: true });
  }

  #run(block: Block, env: Record<string, string>): Promise<string> {
    const [command, args] = this.#commandOf(block);
    const told = `${block.page}.md:${block.line}\n${block.text}`;
    return finished(spawn(command, args, { cwd: this.folder, env }), told);
  }

  async #start(block: Block, env: Record<string, string>, port: number): Promise<void> {
    const [command, args] = this.#commandOf(block);
    const child = spawn(command, args, { cwd: this.folder, env, stdio: 'ignore' });
    this.#running.push(child);
    const deadline = performance.now() + PORT_MS;
    while (!(await taken(port)))
      if (performance.now() > deadline || child.exitCode !== null)
        throw new Error(`${block.page}.md:${block.line} does not listen at ${port}`);
  }

  #commandOf(block: Block): [string, string[]] {
    if (block.language === 'sh') return ['sh', ['-ec', block.text]];
    const suffix = block.language === 'python' ? 'py' : 'mjs';
    const file = block.file ?? `line${block.line}.${suffix}`;
    this.write(file, block.text);
    return [block.language === 'python' ? PYTHON : process.execPath, [file]];
  }
}

/** The exchanges of the last `orrery exec`, as `operation status`; `cut` where there was no answer. */
export const asked = (workspace: Pick<Workspace, 'journal'>): string[] =>
  workspace
    .journal()
    .filter(({ kind }) => kind === 'exchange')
    .map(
      ({ operation, response }) => `${operation} ${(response as { status: number } | null)?.status ?? 'cut'}`,
    );

/** What a program wrote to stdout; an error with all that it wrote where it ends in another way than well. */
function finished(child: ChildProcess, told: string): Promise<string> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), BLOCK_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(out);
      else reject(new Error(`ended with ${signal ?? code}:\n${told}\n${out}${err}`));
    });
  });
}

/**
 * Puts the packages of `from` into `to`, each by a link of its own: a folder that were itself a link would be emptied at
 * its other end by an `npm ci` in a recipe.
 */
function linkPackages(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((one) => !one.startsWith('.'))) {
    if (name.startsWith('@')) linkPackages(join(from, name), join(to, name));
    else if (!existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name));
  }
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Does somebody listen there? Waits a little before it says no. */
async function taken(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  await answer?.body?.cancel();
  if (!answer) await new Promise((resolve) => setTimeout(resolve, 50));
  return answer !== undefined;
}
