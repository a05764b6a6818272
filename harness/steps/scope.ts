/** Names of a trial, texts with `${…}` in them, and references to people and messages. */
import type { Expressions, Names } from '../expression.ts';
import type { LensWorld } from '../lens/lens.ts';

/** What steps read and add to. */
export interface Scope {
  expressions: Expressions;
  world: LensWorld;
  names(): Names;
}

/** A scope for texts alone; without a world they may not look at it. */
export type TextScope = Omit<Scope, 'world'> & { world?: LensWorld };

const HOLE = /\$\{([^}]*)\}/g;

/** The expressions in a text's `${…}`. */
export function holesOf(text: string): string[] {
  return [...text.matchAll(HOLE)].map((match) => match[1] ?? '');
}

/** A text with its `${…}` filled; a person is written as their e-mail. Throws what the expression throws. */
export function fill(text: string, scope: TextScope): string {
  return text.replace(HOLE, (_, expression: string) => {
    return write(scope.expressions.compile(expression).evaluate(scope.world, scope.names()));
  });
}

/** Does a word refer to something that the scenario has a name for, rather than stand for itself? */
export function isReference(text: string, names: readonly string[]): boolean {
  const head = /^([A-Za-z_]\w*)(?:[.[]|$)/.exec(text)?.[1];
  return head !== undefined && (head === 'steps' || names.includes(head));
}

/** The value that a word refers to, or the word itself (with `${…}` filled). */
export function refer(text: string, scope: Scope): unknown {
  if (isReference(text, scope.expressions.names)) {
    return scope.expressions.compile(text).evaluate(scope.world, scope.names());
  }
  return fill(text, scope);
}

function write(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'email' in value) return String(value.email);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
