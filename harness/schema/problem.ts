/** What is wrong with a file, in the words and at the place where its author would mend it. */

/** One error. `line` and `column` count from 1 and are absent where the file could not be placed. */
export interface Problem {
  file: string;
  line?: number;
  column?: number;
  /** Where in the document, as a JSON pointer. */
  pointer: string;
  message: string;
  /** What to do next, often "did you mean …". */
  suggestion?: string;
}

/** Thrown by the loaders: all problems of a file (or of several) at once. */
export class InvalidFile extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(sayProblem).join('\n'));
    this.name = 'InvalidFile';
    this.problems = problems;
  }
}

/** `file:line:column pointer: message; suggestion`. */
export function sayProblem(problem: Problem): string {
  const place = problem.line === undefined ? '' : `:${problem.line}:${problem.column ?? 1}`;
  const where = problem.pointer === '' ? '' : ` ${problem.pointer}`;
  const next = problem.suggestion === undefined ? '' : `; ${problem.suggestion}`;
  return `${problem.file}${place}${where}: ${problem.message}${next}`;
}
