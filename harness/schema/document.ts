/** Reads a YAML or JSON file and remembers where each value stands, so that errors can name a line. */
import { readFileSync } from 'node:fs';
import { isMap, isNode, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InvalidFile } from './problem.ts';

const FILE_BYTES_MAX = 4 * 1024 * 1024;

/** A parsed file: its value, and the place of the value (or of the key) at a path. */
export interface SourceDocument {
  file: string;
  text: string;
  value: unknown;
  place(path: readonly string[], of?: 'key' | 'value'): { line?: number; column?: number };
}

/** Reads and parses a file. Throws {@link InvalidFile} with every syntax error. */
export function readDocument(file: string): SourceDocument {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new InvalidFile([
      { file, pointer: '', message: `cannot be read (${code})`, suggestion: 'check the path' },
    ]);
  }
  if (text.length > FILE_BYTES_MAX) {
    throw new InvalidFile([{ file, pointer: '', message: `is larger than ${FILE_BYTES_MAX} bytes` }]);
  }
  return parseSource(file, text);
}

/** Parses text that stands in `file`. JSON is YAML, so one parser serves both. */
export function parseSource(file: string, text: string): SourceDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const placeOf = (offset: number | undefined) => {
    if (offset === undefined) return {};
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    throw new InvalidFile(
      document.errors.map((error) => ({
        file,
        ...placeOf(error.pos[0]),
        pointer: '',
        message: error.message,
      })),
    );
  }
  return {
    file,
    text,
    value: document.toJS({ maxAliasCount: 100 }),
    place: (path, of = 'value') => placeOf(offsetOf(document.contents, path, of)),
  };
}

/** The offset of the deepest node on the path that exists. */
function offsetOf(root: Node | null, path: readonly string[], of: 'key' | 'value'): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && String((item.key as { value?: unknown }).value) === step,
      );
      if (!pair) return offset;
      const chosen = last && of === 'key' ? pair.key : (pair.value ?? pair.key);
      offset = isNode(chosen) ? (chosen.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
