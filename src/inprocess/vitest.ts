/**
 * `orrery/vitest`: a `test` whose every run has a universe of its own, forked from one that is opened once per file,
 * and whose failures come with the journal of what happened in it. It opens universes: a door, like the command line.
 */
import { type TestAPI, test as vitestTest } from 'vitest';
import { type InProcessUniverse, type OpenOptions, openUniverse } from '../main.ts';
import { journalText } from './journalText.ts';
import { openWay, type Way, type WayOptions } from './testWay.ts';

/** What a test's universe is like, and how the code under test comes to it. */
export interface OrreryTestOptions extends OpenOptions, WayOptions {
  /**
   * `msw`: every call of the vendors' addresses, by `fetch` or `node:http`, lands in the test's universe; `undici`: the
   * same for `fetch` and undici; `none` (unless said): by `universe.fetch` only.
   */
  via?: Way;
  /** Sets the universe's environment (`SLACK_BOT_TOKEN`, …) in `process.env` for the length of a test. */
  env?: boolean;
}

/** What a test gets. */
export interface OrreryFixtures {
  /** The test's own universe, named by the test; it ends with the test. */
  universe: InProcessUniverse;
}

interface FileFixtures {
  orreryFile: { parent: InProcessUniverse; begin(universe: InProcessUniverse): () => void };
}

/**
 * Vitest's `test`, extended: `const test = orreryTest({ world: 'acme', seed: 1, via: 'msw' })`. Tests of one file that
 * run at once need `via: 'none'`: a call of `https://slack.com` does not say which test it is of.
 */
export function orreryTest(options: OrreryTestOptions = {}): TestAPI<OrreryFixtures> {
  const { via = 'none', env = false, allow, ...open } = options;
  const extended = vitestTest.extend<OrreryFixtures & FileFixtures>({
    orreryFile: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs
      async ({}, use) => {
        const opened = await openUniverse({ id: 'file', ...open });
        let now: InProcessUniverse | undefined;
        const closeWay = await openWay(via, () => now, { ...(allow ? { allow } : {}) });
        const begin = (universe: InProcessUniverse) => {
          if (via === 'none' && !env) return () => {};
          if (now) throw new Error(AT_ONCE);
          now = universe;
          const restore = env ? setEnvironment(universe.env) : () => {};
          return () => {
            now = undefined;
            restore();
          };
        };
        await use({ parent: opened.universe, begin });
        await closeWay();
        opened.close();
      },
      { scope: 'file' },
    ],
    universe: [
      async ({ task, onTestFailed, orreryFile: { parent, begin } }, use) => {
        const name = nameOf(task);
        const universe = parent.fork({ id: idOf(name, parent), name: name.slice(0, NAME_CHARS_MAX) });
        let ended: string | undefined;
        onTestFailed(() => console.error(ended ?? journalText(universe.kernel)));
        const end = begin(universe);
        await use(universe);
        end();
        ended = journalText(universe.kernel);
        universe.close();
      },
      { auto: via !== 'none' || env },
    ],
  });
  return extended as unknown as TestAPI<OrreryFixtures>;
}

const AT_ONCE =
  'two tests of this file run at once, and a call of a vendor’s address does not say which of them it is of: ' +
  "run them one after the other, or use via: 'none' and universe.fetch";
const NAME_CHARS_MAX = 200;
const ID_CHARS_MAX = 56;

interface Named {
  name: string;
  suite?: Named | undefined;
}

function nameOf(task: Named): string {
  return task.suite?.name ? `${nameOf(task.suite)} ${task.name}` : task.name;
}

/** The same for the same test in every run, so that what a universe answers is the same, too. */
function idOf(name: string, parent: InProcessUniverse): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const id = words.slice(0, ID_CHARS_MAX) || 'test';
  for (let nth = 1; ; nth++) {
    const free = nth === 1 ? id : `${id}-${nth}`;
    if (!parent.holds(free)) return free;
  }
}

function setEnvironment(env: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, env);
  return () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
}
