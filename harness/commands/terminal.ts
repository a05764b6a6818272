/** What the harness's commands print: aligned tables, colour only on a terminal, progress on one line. */

/** How commands talk: `out` is the answer (stdout), `err` everything else. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  colour: boolean;
  /** Is `err` a terminal, so that a line can be written over? */
  live: boolean;
}

const CODES = { good: 32, bad: 31, odd: 33, soft: 2, strong: 1 } as const;

export type Tone = keyof typeof CODES;

/** Text in a tone, where colour is wanted. */
export function paint(terminal: Terminal, tone: Tone, text: string): string {
  return terminal.colour ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text;
}

/** Rows under a heading, columns aligned; those named in `right` to the right. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[],
): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => visible(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          const gap = ' '.repeat((widths[column] ?? 0) - visible(cell));
          return right.includes(heading[column] ?? '') ? gap + cell : cell + gap;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function visible(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
  return [...text.replace(/\u001b\[\d+m/g, '')].length;
}

/** A progress line: written over on a terminal, a plain line for every tenth elsewhere. */
export function progressLine(terminal: Terminal) {
  const began = performance.now();
  let tenth = -1;
  return {
    show(label: string, done: number, of: number, note: string): void {
      const share = of === 0 ? 1 : done / of;
      if (terminal.live) {
        const filled = Math.round(share * 24);
        const bar = '█'.repeat(filled) + '░'.repeat(24 - filled);
        terminal.err(`\r\u001b[2K${label}  ${bar}  ${done}/${of}  ${note}`);
        if (done === of) terminal.err('\n');
        return;
      }
      const now = Math.floor(share * 10);
      if (now === tenth && done !== of) return;
      tenth = done === of ? -1 : now;
      terminal.err(`${label}  ${done}/${of}  ${note}  ${Math.round((performance.now() - began) / 1000)}s\n`);
    },
    clear(): void {
      if (terminal.live) terminal.err('\r\u001b[2K');
    },
  };
}

/** An interval on a scale from 0 to 1: `····├──●─┤··`. */
export function whisker(lower: number, estimate: number, upper: number, width: number): string {
  const at = (share: number) => Math.min(width - 1, Math.round(share * (width - 1)));
  return Array.from({ length: width }, (_, column) => {
    if (column === at(estimate)) return '●';
    if (column === at(lower)) return '├';
    if (column === at(upper)) return '┤';
    return column > at(lower) && column < at(upper) ? '─' : '·';
  }).join('');
}
