/**
 * Scenarios: end-to-end user stories as data, kept outside the candidate's code. Types, `defineScenario` for
 * TypeScript, and the loader of a directory of them.
 */
import { readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FaultInput } from './host.ts';
import { parseSource, readDocument, type SourceDocument } from './schema/document.ts';
import { InvalidFile, type Problem } from './schema/problem.ts';
import { scenarioSchema } from './schema/scenario.ts';
import { validate } from './schema/validate.ts';

/** A CEL expression, or a synchronous function over the same names (TypeScript scenarios only). */
export type Condition = string | ((names: Readonly<Record<string, unknown>>) => boolean);

export type Draw =
  | { person: { where?: string; is?: string } }
  | { oneOf: unknown[] }
  | { fake: string }
  | { duration: string | { uniform: [string, string] } }
  | { number: { uniform: [number, number] } }
  | { value: unknown };

/** One thing that a simulated person does or waits for; beside these keys exactly one `twin.gesture`. */
export interface Step {
  id?: string;
  as?: string;
  sleep?: string;
  wait?: Record<string, unknown>;
  within?: string;
  bind?: string;
  else?: 'stop' | 'continue';
  [gesture: string]: unknown;
}

export interface ExpectationBase {
  id: string;
  /** What the user would see, in words. */
  says?: string;
  as?: 'must' | 'should';
  weight?: number;
}
export interface Must extends ExpectationBase {
  that: Condition;
  after?: string;
  within?: string;
  for?: string;
  at?: 'end';
}
export interface Never extends ExpectationBase {
  that: Condition;
  after?: string;
  until?: string;
}
export interface Happening {
  state?: string;
  operation?: string;
  step?: string;
  where?: string;
}
export interface Order extends ExpectationBase {
  first: Happening;
  then: Happening;
  key?: string;
}
export interface ExchangeMatch {
  twin?: string;
  operation?: string;
  method?: string;
  outcome?: 'ok' | 'fail' | 'info';
}
export interface Calls extends ExpectationBase {
  to: ExchangeMatch;
  rule?: 'respects-retry-after';
  slack?: string;
  count?: { min?: number; max?: number };
}
export interface Untouched extends ExpectationBase {
  except?: { twin: string; table: string; where?: string }[];
}
export interface Slo extends ExpectationBase {
  over: ExchangeMatch;
  good: string;
  atLeast: number;
  samples?: number;
}
export interface Judge extends ExpectationBase {
  rubric: string;
  over?: string;
  use?: 'must' | 'should' | 'note';
}
export interface Expect {
  must?: Must[];
  should?: Must[];
  never?: Never[];
  order?: Order[];
  calls?: Calls[];
  untouched?: Untouched[];
  slo?: Slo[];
  judge?: Judge[];
}

/** A scenario as its file has it. Durations are text; see `contract.md` §5. */
export interface Scenario {
  scenario: string;
  story: string;
  tags?: string[];
  weight?: number;
  world?: string | Record<string, unknown>;
  clock?: { mode?: 'realtime' | 'frozen' | 'scaled'; skip?: 'idle' | 'none'; now?: string; rate?: number };
  given?: Record<string, Draw>;
  faults?: FaultInput[];
  steps: Step[];
  end?: { quiet?: string; atMost?: string };
  expect: Expect;
}

/** A scenario with the place it came from and the text that its hash is taken of. */
export interface LoadedScenario extends Scenario {
  file: string;
  source: SourceDocument;
}

/** Identity with types, for scenarios written in TypeScript: `export const scenario = defineScenario({…})`. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}

/** Every scenario under a directory, in order of name. Throws {@link InvalidFile} with all problems of all files. */
export async function loadScenarios(directory: string): Promise<LoadedScenario[]> {
  const problems: Problem[] = [];
  const scenarios: LoadedScenario[] = [];
  for (const file of filesUnder(resolve(directory), problems)) {
    try {
      const scenario = await loadScenario(file);
      if (scenario) scenarios.push(scenario);
    } catch (error) {
      if (!(error instanceof InvalidFile)) throw error;
      problems.push(...error.problems);
    }
  }
  const first = new Map<string, string>();
  for (const { scenario, file } of scenarios) {
    const other = first.get(scenario);
    if (other)
      problems.push({ file, pointer: '/scenario', message: `"${scenario}" is also the name in ${other}` });
    first.set(scenario, file);
  }
  if (problems.length > 0) throw new InvalidFile(problems);
  return scenarios.sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
}

/** One scenario, or nothing where the file is of another kind (a policy, a world, a candidate). */
export async function loadScenario(file: string): Promise<LoadedScenario | undefined> {
  const source = await sourceOf(file);
  const value = source?.value;
  const isScenario = typeof value === 'object' && value !== null && 'scenario' in value;
  if (!source || (!isScenario && !/\.scenario\.[a-z]+$/.test(file))) return undefined;
  const problems = validate(source, scenarioSchema);
  if (problems.length > 0) throw new InvalidFile(problems);
  const scenario = source.value as Scenario;
  return { ...scenario, world: worldOf(scenario, file), file, source };
}

/** Files of a pack that may hold definitions, in order of path. */
export function filesUnder(directory: string, problems: Problem[]): string[] {
  let names: string[];
  try {
    if (statSync(directory).isFile()) return [directory];
    names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  } catch {
    problems.push({ file: directory, pointer: '', message: 'is no directory that can be read' });
    return [];
  }
  return names
    .filter((name) => /\.(ya?ml|json)$|\.scenario\.(m?js|ts)$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(directory, name));
}

async function sourceOf(file: string): Promise<SourceDocument | undefined> {
  if (/\.(ya?ml|json)$/.test(extname(file))) return readDocument(file);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const value = module.scenario ?? module.default;
  if (value === undefined) {
    throw new InvalidFile([
      { file, pointer: '', message: 'exports no "scenario"', suggestion: 'use defineScenario' },
    ]);
  }
  return { ...parseSource(file, ''), text: JSON.stringify(value, functionText), value };
}

function functionText(_key: string, value: unknown): unknown {
  return typeof value === 'function' ? String(value) : value;
}

/** `{file: …}` is read relative to the scenario; names and inline worlds stay as they are. */
function worldOf({ world }: Scenario, file: string): Scenario['world'] {
  if (typeof world !== 'object' || typeof world.file !== 'string') return world;
  return readDocument(resolve(dirname(file), world.file)).value as Record<string, unknown>;
}
