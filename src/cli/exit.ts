/** How commands end: exit codes, and errors of one line that say what to do next. */

/** Exit codes of every command. */
export const EXIT = { done: 0, no: 1, wrongUse: 2, inconclusive: 3, internal: 70 } as const;

/** Ends a command with one line on stderr (none where the message is empty) and an exit code. */
export class CliError extends Error {
  readonly code: number;

  constructor(message: string, code: number = EXIT.wrongUse) {
    super(message);
    this.code = code;
  }
}
