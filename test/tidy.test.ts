/** The house rules that a machine can hold; each failure names the file and what to do instead. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 60;
const LINE_CHARS_MAX = 120;

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    if (name === 'node_modules' || name.startsWith('dist')) return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
const sources = ['src', 'twins', 'harness'].flatMap((top) => walk(join(ROOT, top)));
const code = sources
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ name: relative(ROOT, path), text: readFileSync(path, 'utf8') }));

/** Imported paths of a file, relative to the project. */
const imports = (file: { name: string; text: string }): string[] =>
  [...file.text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(ROOT, join(ROOT, file.name, '..', match[1] as string)),
  );

/** Files among `files` that break `rule`, as `file: what`. */
const broken = (files: typeof code, rule: (file: (typeof code)[number]) => string | undefined): string[] =>
  files.flatMap((file) => {
    const what = rule(file);
    return what === undefined ? [] : [`${file.name}: ${what}`];
  });

const under = (folder: string) => code.filter((file) => file.name.startsWith(`${folder}/`));
const COMPOSITION = new Set(['src/main.ts', 'src/bin.ts']);

describe('imports', () => {
  it('of src stay in src; the composition root alone knows twins and harness', () => {
    const kernel = under('src').filter((file) => !COMPOSITION.has(file.name));
    expect(broken(kernel, (file) => imports(file).find((path) => !path.startsWith('src/')))).toEqual([]);
  });

  it('of a twin stay in that twin and in src', () => {
    const foreign = (file: { name: string; text: string }) => {
      const own = `${file.name.split('/').slice(0, 2).join('/')}/`;
      return imports(file).find((path) => !path.startsWith(own) && !path.startsWith('src/'));
    };
    expect(broken(under('twins'), foreign)).toEqual([]);
  });

  it('of a model know no wire, no api and no web types', () => {
    const models = under('twins').filter((file) => file.name.includes('/model/'));
    const rule = (file: { name: string; text: string }) =>
      imports(file).find((path) => /\/(api|wire)(\/|\.ts)/.test(path)) ??
      (/from 'hono|new Response\(/.test(file.text) ? 'web types' : undefined);
    expect(broken(models, rule)).toEqual([]);
  });

  it('of the harness reach neither src nor twins', () => {
    expect(
      broken(under('harness'), (file) => imports(file).find((path) => /^(src|twins)\//.test(path))),
    ).toEqual([]);
  });
});

/** What may not be used where universes live, and what to use instead. */
const BANNED: readonly [RegExp, string][] = [
  [/\bDate\.now\(/, 'Date.now: ask the universe’s clock (world.now())'],
  [/\bnew Date\(\)/, 'new Date(): ask the universe’s clock (world.now())'],
  [/\bsetTimeout\(|\bsetInterval\(/, 'setTimeout: schedule on the universe’s clock (world.schedule)'],
  [/\bMath\.random\(/, 'Math.random: draw by key (world.draw)'],
  [/\brandomUUID\(/, 'randomUUID: ids.uuid(world.draw(…))'],
  [/\bstructuredClone\(/, 'structuredClone: rows are immutable; state forks'],
  [/:\s*any\b|<any>|as any\b/, 'any: give it a type'],
];
// The console's script runs in the browser of who looks on.
const AMBIENT_ALLOWED = new Set(['src/wall.ts', 'src/console/script.ts', 'src/console/script/copy.ts']);

describe('the code of universes', () => {
  it('reads neither the machine’s clock nor its randomness', () => {
    const files = [...under('src'), ...under('twins')].filter((file) => !AMBIENT_ALLOWED.has(file.name));
    const rule = (file: { text: string }) =>
      BANNED.find(([pattern]) => pattern.test(withoutComments(file.text)))?.[1];
    expect(broken(files, rule)).toEqual([]);
  });

  it('of twins sends nothing by itself', () => {
    const rule = (file: { text: string }) =>
      /\bfetch\(/.test(withoutComments(file.text)) ? 'fetch: emit an event' : undefined;
    expect(broken(under('twins'), rule)).toEqual([]);
  });
});

describe('files', () => {
  it(`have at most ${FILE_LINES_MAX} lines`, () => {
    const rule = (file: { text: string }) => {
      const lines = file.text.split('\n').length;
      return lines > FILE_LINES_MAX ? `${lines} lines` : undefined;
    };
    expect(broken(code, rule)).toEqual([]);
  });

  it(`have lines of at most ${LINE_CHARS_MAX} characters`, () => {
    const rule = (file: { text: string }) => {
      const at = file.text
        .split('\n')
        .findIndex(
          (line) =>
            line.length > LINE_CHARS_MAX && !/https?:|'.{80,}'|`.{60,}|".{80,}"|\/.{80,}\//.test(line),
        );
      return at < 0 ? undefined : `line ${at + 1}`;
    };
    expect(broken(code, rule)).toEqual([]);
  });

  it('are of one purpose: none is called helpers, utils or common', () => {
    expect(sources.filter((path) => /\/(helpers?|utils?|common)(\.|\/)/.test(path))).toEqual([]);
  });

  it(`have functions of at most ${FUNCTION_LINES_MAX} lines`, () => {
    expect(broken(code, (file) => longFunction(file.text))).toEqual([]);
  });

  it('begin with what they are for', () => {
    const rule = (file: { text: string }) => {
      const head = file.text.replace(/^#!.*\n/, '');
      return /\/\*\*/.test(head) ? undefined : 'no docstring';
    };
    expect(broken(code, rule)).toEqual([]);
  });

  it('speak of no workplace: no session, no path of a machine, no registry address', () => {
    const everything = [
      ...sources,
      ...['README.md', 'CHANGELOG.md', 'package-lock.json'].map((name) => join(ROOT, name)),
    ];
    const bad = /\/work\/(main|shared)|registry\.npmjs|"resolved":/;
    // Google's comments have a field of the name by which lock files name a registry.
    const own = everything.filter((path) => !path.includes('/google/discovery/'));
    expect(
      own.filter((path) => bad.test(readFileSync(path, 'utf8'))).map((path) => relative(ROOT, path)),
    ).toEqual([]);
  });
});

describe('holdouts', () => {
  it('leave no trace in kernel, twins and harness: no scenario’s name or sentence', () => {
    const texts = walk(join(ROOT, 'scenarios'))
      .filter((path) => path.endsWith('.scenario.yaml'))
      .flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/^(?:scenario|\s+(?:- )?says): (.{12,})$/gm)].map(
          (m) => m[1] as string,
        ),
      );
    expect(texts.length).toBeGreaterThan(0);
    expect(broken(code, (file) => texts.find((text) => file.text.includes(text)))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The first function that is too long, by the formatter’s indentation: its end is the brace in its own column. */
function longFunction(text: string): string | undefined {
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    const starts =
      /^(\s*)(?:export )?(?:async )?(?:function\b(?!:)|(?:private |static |get |async )*#?\w+\([^)]*\)[^=]*\{$|(?:const|let) \w+ = (?:async )?\(.*=> \{$)/.exec(
        line,
      );
    if (!starts || /^\s*(if|for|while|switch|describe|return)\b/.test(line)) continue;
    const end = lines.findIndex((other, at) => at > i && other.startsWith(`${starts[1]}}`));
    if (end - i > FUNCTION_LINES_MAX) return `line ${i + 1}: a function of ${end - i} lines`;
  }
  return undefined;
}
