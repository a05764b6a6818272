/** Holds a file against its JSON Schema and says everything that is wrong, each with line and suggestion. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { readDocument, type SourceDocument } from './document.ts';
import { InvalidFile, type Problem } from './problem.ts';
import { nearest } from './suggest.ts';

export type JsonSchema = Record<string, unknown>;

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** The file's value, known to fit the schema. Throws {@link InvalidFile} with all problems. */
export function readValid<T>(file: string, schema: JsonSchema): { value: T; source: SourceDocument } {
  const source = readDocument(file);
  const problems = validate(source, schema);
  if (problems.length > 0) throw new InvalidFile(problems);
  return { value: source.value as T, source };
}

/** All problems of a document; empty where it fits. */
export function validate(source: SourceDocument, schema: JsonSchema): Problem[] {
  let check = compiled.get(schema);
  if (!check) {
    check = new Ajv2020({ allErrors: true, verbose: true, strict: false, discriminator: true }).compile(
      schema,
    );
    compiled.set(schema, check);
  }
  if (check(source.value)) return [];
  return tidy((check.errors ?? []).map((error) => problemOf(source, error)));
}

function problemOf(source: SourceDocument, error: ErrorObject): Problem {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const extra = error.params as Record<string, unknown>;
  const wrongKey = (extra.additionalProperty ?? extra.unevaluatedProperty ?? extra.propertyName) as
    | string
    | undefined;
  if (wrongKey !== undefined) {
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    const near = nearest(wrongKey, known);
    return {
      file: source.file,
      ...source.place([...path, wrongKey], 'key'),
      pointer: `${error.instancePath}/${wrongKey}`,
      message: `unknown key "${wrongKey}"`,
      suggestion: near ? `did you mean "${near}"?` : `known here: ${known.join(', ') || 'none'}`,
    };
  }
  return { file: source.file, ...source.place(path), pointer: error.instancePath, ...words(error, extra) };
}

function words(error: ErrorObject, extra: Record<string, unknown>): { message: string; suggestion?: string } {
  const hint = (error.parentSchema as { description?: string } | undefined)?.description;
  switch (error.keyword) {
    case 'enum': {
      const allowed = (extra.allowedValues as unknown[]).map(String);
      const near = nearest(String(error.data), allowed);
      const message = `"${String(error.data)}" is not one of ${allowed.join(', ')}`;
      return near ? { message, suggestion: `did you mean "${near}"?` } : { message };
    }
    case 'required':
      return { message: `"${String(extra.missingProperty)}" is missing`, suggestion: 'add it' };
    case 'pattern':
      return { message: `${JSON.stringify(error.data)} is not in the right form`, suggestion: hint };
    case 'type':
      return { message: `must be ${String(extra.type)}, is ${kindOf(error.data)}`, suggestion: hint };
    default:
      return { message: error.message ?? error.keyword, suggestion: hint };
  }
}

/** Alternatives fail together; keep what says most: drop the bare "must match" lines where a nearer one is there. */
function tidy(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  const said = problems.filter((problem) => {
    const key = `${problem.pointer} ${problem.message}`;
    return !seen.has(key) && seen.add(key);
  });
  const empty = /^must match (exactly one schema in oneOf|a schema in anyOf|"(then|else|if)" schema)/;
  const telling = said.filter((problem) => !empty.test(problem.message));
  return telling.length > 0 ? telling : said;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
