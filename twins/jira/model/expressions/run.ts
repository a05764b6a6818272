/** An expression from its text to what is answered: read, checked, evaluated, counted. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import {
  EXPRESSION_BEANS_MAX,
  EXPRESSION_CHARS_MAX,
  EXPRESSION_EXPENSIVE_MAX,
  EXPRESSION_LEAVES_MAX,
  EXPRESSION_PRIMITIVES_MAX,
  EXPRESSION_STEPS_MAX,
} from '../../limits.ts';
import type { User } from '../../world.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { ExpressionSyntaxError, readExpression } from './read.ts';
import { type Expression, leavesOf } from './syntax.ts';
import { isThing, type Thing } from './things.ts';

export interface Outcome {
  value: unknown;
  complexity: Record<string, { value: number; limit: number }>;
}

/** Evaluates an expression; `bean` shows a thing in an answer. Throws `badQuery`. */
export function runExpression(
  world: World,
  me: User | undefined,
  text: string,
  variables: ReadonlyMap<string, unknown>,
  bean: (thing: Thing) => unknown,
): Outcome {
  const at: Evaluation = { world, me, text, steps: 0, expensive: 0 };
  const counted = { beans: 0, primitives: 0 };
  const answer = (value: unknown): unknown => {
    if (isThing(value) && value.type !== 'Date' && value.type !== 'CalendarDate') {
      counted.beans++;
      return bean(value);
    }
    if (Array.isArray(value)) return value.map(answer);
    if (typeof value === 'object' && value !== null && !isThing(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, answer(inner)]));
    counted.primitives++;
    return isThing(value) ? dateText(value) : typeof value === 'function' ? null : (value ?? null);
  };
  const value = answer(evaluate(at, parsed(text), variables));
  if (counted.beans > EXPRESSION_BEANS_MAX || counted.primitives > EXPRESSION_PRIMITIVES_MAX)
    throw badQuery(`Evaluation failed: "${text}" - The result is too large.`);
  return {
    value,
    complexity: {
      steps: { value: at.steps, limit: EXPRESSION_STEPS_MAX },
      expensiveOperations: { value: at.expensive, limit: EXPRESSION_EXPENSIVE_MAX },
      beans: { value: counted.beans, limit: EXPRESSION_BEANS_MAX },
      primitiveValues: { value: counted.primitives, limit: EXPRESSION_PRIMITIVES_MAX },
    },
  };
}

const dateText = ({ type, row, id }: Thing): string =>
  type === 'Date' ? new Date((row as { ms: number }).ms).toISOString().replace('Z', '+0000') : id;

/** The tree of an expression that may be evaluated; throws `badQuery` with what keeps it from that. */
function parsed(text: string): Expression {
  const { tree, problems } = checked(text);
  if (!tree || problems.length > 0)
    throw badQuery(
      ...problems.map(
        ({ message, line, column }) =>
          `Evaluation failed: "${text}" - ${line ? `line ${line}, column ${column}: ` : ''}${message}`,
      ),
    );
  return tree;
}

export interface ExpressionProblem {
  type: 'syntax' | 'type' | 'other';
  message: string;
  line?: number;
  column?: number;
  expression?: string;
}

/** Longer expressions are not looked into; a guard of ours for what walks their trees. */
const READ_CHARS_MAX = 5_000;

/** Reads an expression, with all that is wrong with how it is written. */
export function checked(text: string): { tree: Expression | undefined; problems: ExpressionProblem[] } {
  const problems: ExpressionProblem[] = [];
  if (text.length > EXPRESSION_CHARS_MAX)
    problems.push({
      type: 'other',
      message: `Jira expression is too long (${text.length}), limit: ${EXPRESSION_CHARS_MAX} characters`,
    });
  if (text.length > READ_CHARS_MAX) return { tree: undefined, problems };
  try {
    const tree = readExpression(text);
    const leaves = leavesOf(tree);
    if (leaves > EXPRESSION_LEAVES_MAX)
      problems.push({
        type: 'other',
        message: `Jira expression has too many nodes (${leaves}), limit: ${EXPRESSION_LEAVES_MAX} leaves`,
      });
    return { tree, problems };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    const { line, column, message } = error;
    return { tree: undefined, problems: [{ line, column, message, type: 'syntax' }, ...problems] };
  }
}
