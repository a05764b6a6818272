/** Reads and checks world files. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ApiError } from '../error.ts';
import { pointer, sentence, violations } from '../validate.ts';
import { WORLD_SCHEMA, type WorldFile } from './file.ts';

const require = createRequire(import.meta.url);

/** A world from YAML or JSON text; throws an ApiError (422) whose `data.errors` say what is wrong where. */
export function parseWorld(text: string): WorldFile {
  const { parse } = require('yaml') as typeof import('yaml');
  return checkWorld(parse(text, { maxAliasCount: 100 }));
}

/** The same for a value that is already parsed. */
export function checkWorld(value: unknown): WorldFile {
  const errors = violations(WORLD_SCHEMA, value).map((error) => ({
    pointer: pointer(error),
    detail: sentence(error),
  }));
  if (errors.length > 0)
    throw new ApiError({
      name: 'invalid-world',
      status: 422,
      message: 'the world does not fit its schema',
      data: { errors },
    });
  return value as WorldFile;
}

/** A world file from disk. */
export const loadWorld = (path: string | URL): WorldFile => parseWorld(readFileSync(path, 'utf8'));
