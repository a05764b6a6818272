/** Compiles a scenario once for all its trials, and finds every mistake in its expressions and references. */
import { callsChecker } from './checkers/calls.ts';
import type { PreparedExpectation, Preparing } from './checkers/checker.ts';
import { mustChecker } from './checkers/must.ts';
import { neverChecker } from './checkers/never.ts';
import { orderChecker } from './checkers/order.ts';
import { sloChecker } from './checkers/slo.ts';
import { untouchedChecker } from './checkers/untouched.ts';
import { BadExpression, type Expressions, expressions } from './expression.ts';
import { type PreparedDraw, prepareDraw } from './given.ts';
import type { Condition, LoadedScenario, Step } from './scenario.ts';
import type { Problem } from './schema/problem.ts';
import { InvalidFile } from './schema/problem.ts';
import { nearest } from './schema/suggest.ts';
import { gestureKey, REFERENCES } from './steps/gesture.ts';
import { holesOf, isReference } from './steps/scope.ts';

export interface PreparedScenario {
  scenario: LoadedScenario;
  draws: PreparedDraw[];
  expressions: Expressions;
  expectations: PreparedExpectation[];
  /** Expectations that need what is not there (a judge): left out, and named in the record. */
  leftOut: { id: string; why: string }[];
}

/** Compiles everything. Throws {@link InvalidFile} with every mistake, each with its line. */
export function prepareScenario(scenario: LoadedScenario): PreparedScenario {
  const problems: Problem[] = [];
  const attempt = <T>(path: (string | number)[], work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BadExpression)) throw error;
      problems.push(problemAt(scenario, path, error.message, error.suggestion));
      return undefined;
    }
  };
  const given = Object.keys(scenario.given ?? {});
  const draws = Object.entries(scenario.given ?? {}).map(([name, draw], index) => {
    return attempt(['given', name], () => prepareDraw(name, draw, given.slice(0, index)));
  });
  const binds = scenario.steps.flatMap((step) => (step.bind === undefined ? [] : [step.bind]));
  const scope = expressions([...given, ...binds, 'steps']);
  scenario.steps.forEach((step, index) => {
    problems.push(...stepProblems(scenario, step, index));
    checkTexts(step, ['steps', index], scope, attempt);
  });
  const expectations = prepareExpectations(scenario, scope, attempt);
  problems.push(...referenceProblems(scenario), ...clockProblems(scenario));
  if (problems.length > 0) throw new InvalidFile(problems);
  return {
    scenario,
    draws: draws.filter((draw) => draw !== undefined),
    expressions: scope,
    expectations: expectations.filter((expectation) => expectation !== undefined),
    leftOut: (scenario.expect.judge ?? []).map(({ id }) => ({ id, why: 'no judge endpoint' })),
  };
}

type Attempt = <T>(path: (string | number)[], work: () => T) => T | undefined;

function prepareExpectations({ expect }: LoadedScenario, scope: Expressions, attempt: Attempt) {
  const preparing: Preparing = {
    compile: (text, extra = []) => {
      const over = extra.length === 0 ? scope : expressions([...scope.names, ...extra]);
      return over.compile(text as Condition);
    },
  };
  const each = <T>(kind: string, list: T[] | undefined, make: (item: T) => PreparedExpectation) =>
    (list ?? []).map((item, index) => attempt(['expect', kind, index], () => make(item)));
  return [
    ...each('must', expect.must, (must) => mustChecker('must', must, preparing)),
    ...each('should', expect.should, (should) => mustChecker('should', should, preparing)),
    ...each('never', expect.never, (never) => neverChecker(never, preparing)),
    ...each('order', expect.order, (order) => orderChecker(order, preparing)),
    ...each('calls', expect.calls, (calls) => callsChecker(calls)),
    ...each('untouched', expect.untouched, (untouched) => untouchedChecker(untouched, preparing)),
    ...each('slo', expect.slo, (slo) => sloChecker(slo, preparing)),
  ];
}

/** A step does exactly one thing. */
function stepProblems(scenario: LoadedScenario, step: Step, index: number): Problem[] {
  const doings = [step.sleep !== undefined, step.wait !== undefined, gestureKey(step) !== undefined];
  const problems: Problem[] = [];
  if (doings.filter(Boolean).length !== 1) {
    const message = 'a step does one thing: sleep, wait, or a gesture such as slack.post';
    problems.push(problemAt(scenario, ['steps', index], message));
  }
  if (gestureKey(step) !== undefined && step.as === undefined) {
    problems.push(problemAt(scenario, ['steps', index], 'a gesture needs a person', 'add "as"'));
  }
  return problems;
}

/** Compiles every `${…}` and every reference of a step. */
function checkTexts(value: unknown, path: (string | number)[], scope: Expressions, attempt: Attempt): void {
  const key = path.at(-1);
  if (typeof value === 'string') {
    for (const hole of holesOf(value)) attempt(path, () => scope.compile(hole));
    const refers =
      key === 'that' || REFERENCES.has(String(key)) || ['as', 'about', 'in', 'user'].includes(String(key));
    if (refers && (key === 'that' || isReference(value, scope.names)))
      attempt(path, () => scope.compile(value));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) checkTexts(inner, [...path, name], scope, attempt);
  }
}

/** Names of steps in `after`, `until`, `order` and `steps.…`, and expectation ids that stand twice. */
function referenceProblems(scenario: LoadedScenario): Problem[] {
  const problems: Problem[] = [];
  const steps = scenario.steps.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const known = (id: string | undefined, path: (string | number)[]) => {
    if (id === undefined || steps.includes(id)) return;
    const near = nearest(id, steps);
    const suggestion = near ? `did you mean "${near}"?` : `steps: ${steps.join(', ') || 'none has an id'}`;
    problems.push(problemAt(scenario, path, `there is no step "${id}"`, suggestion));
  };
  const ids = new Set<string>();
  for (const [kind, list] of Object.entries(scenario.expect)) {
    (list as { id: string; after?: string; until?: string; that?: unknown }[]).forEach(
      (expectation, index) => {
        const path = ['expect', kind, index];
        if (ids.has(expectation.id))
          problems.push(problemAt(scenario, [...path, 'id'], `"${expectation.id}" stands twice`));
        ids.add(expectation.id);
        known(expectation.after, [...path, 'after']);
        known(expectation.until, [...path, 'until']);
        if (typeof expectation.that !== 'string') return;
        for (const [, id] of expectation.that.matchAll(/\bsteps\.([A-Za-z_]\w*)/g))
          known(id, [...path, 'that']);
      },
    );
  }
  return problems;
}

/** A command candidate goes by the machine's clock, so its universe must too. */
function clockProblems(scenario: LoadedScenario): Problem[] {
  const mode = scenario.clock?.mode ?? 'realtime';
  if (mode === 'realtime') return [];
  const message = `not supported yet: clock mode ${mode}, which needs a candidate that takes its clock from us`;
  return [problemAt(scenario, ['clock', 'mode'], message, 'write realtime')];
}

function problemAt(
  { source, file }: LoadedScenario,
  path: (string | number)[],
  message: string,
  suggestion?: string,
): Problem {
  const steps = path.map(String);
  return { file, ...source.place(steps), pointer: `/${steps.join('/')}`, message, suggestion };
}
