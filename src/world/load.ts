/** Reads and checks world files. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ApiError } from '../error.ts';
import { pointer, sentence, violations } from '../validate.ts';
import { WORLD_SCHEMA, type WorldFile } from './file.ts';
import { danglingReferences } from './references.ts';

const require = createRequire(import.meta.url);

/** A world from YAML or JSON text; throws an ApiError (422) whose `data.errors` say what is wrong where. */
export function parseWorld(text: string): WorldFile {
  const { parse } = require('yaml') as typeof import('yaml');
  return checkWorld(parse(text, { maxAliasCount: 100 }));
}

/** The same for a value that is already parsed. */
export function checkWorld(value: unknown): WorldFile {
  refuse(
    violations(WORLD_SCHEMA, value).map((error) => ({ pointer: pointer(error), detail: sentence(error) })),
  );
  refuse(danglingReferences(value as WorldFile));
  return value as WorldFile;
}

function refuse(errors: readonly { pointer: string; detail: string }[]): void {
  if (errors.length === 0) return;
  const message = 'the world cannot be made as it is';
  throw new ApiError({ name: 'invalid-world', status: 422, message, data: { errors } });
}

/** A world file from disk. */
export const loadWorld = (path: string | URL): WorldFile => parseWorld(readFileSync(path, 'utf8'));
