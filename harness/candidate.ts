/** Candidates: builds under test, as their files describe them. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { candidateSchema } from './schema/candidate.ts';
import { InvalidFile } from './schema/problem.ts';
import { readValid } from './schema/validate.ts';

export interface Provenance {
  commit?: string | number;
  agent?: string;
  model?: string;
  prompt?: string;
  specification?: string;
  cost?: { tokens?: number; usd?: number };
}

/** A candidate as its file has it; `${port}` and the universe's environment names may stand in texts. */
export interface Candidate {
  candidate: string;
  version: string | number;
  command?: string[];
  module?: string;
  service?: string;
  cwd?: string;
  env?: Record<string, string | number | boolean>;
  ready?: { http?: string; status?: number; line?: string; socket?: string; within?: string };
  reuse?: 'trial' | 'pool';
  resetUrl?: string;
  stop?: { signal?: NodeJS.Signals; within?: string };
  limits?: { memory?: string; cpu?: number; output?: string; processes?: number };
  idle?: { url: string };
  delivers?: Record<string, string>;
  provenance?: Provenance;
  files?: string[];
}

export interface LoadedCandidate extends Candidate {
  file: string;
  /** Where the program is started: `cwd` relative to the candidate's file. */
  directory: string;
  /** `name version`, for people. */
  label: string;
  /** Hash over the candidate's file and the files it lists. */
  hash: string;
  /** Provenance with `prompt` and `specification` hashed where they are paths. */
  provenance: Provenance;
}

const HASHED_FILES_MAX = 20_000;

/** Reads a candidate file. Throws {@link InvalidFile}; refuses what no runner exists for yet. */
export function loadCandidate(path: string): LoadedCandidate {
  const file = resolve(path);
  const { value: candidate, source } = readValid<Candidate>(file, candidateSchema);
  const refuse = (pointer: string, message: string, suggestion?: string) =>
    new InvalidFile([
      { file, ...source.place(pointer.split('/').slice(1), 'key'), pointer, message, suggestion },
    ]);
  if (!candidate.command) {
    const kind = candidate.module ? 'module' : 'service';
    throw refuse(`/${kind}`, `not supported yet: ${kind} candidates`, 'start the build with "command"');
  }
  const directory = resolve(dirname(file), candidate.cwd ?? '.');
  if (!existsSync(directory))
    throw refuse('/cwd', `"${directory}" does not exist`, 'cwd is relative to this file');
  return {
    ...candidate,
    file,
    directory,
    label: `${candidate.candidate} ${candidate.version}`,
    hash: hashOf(source.text, directory, candidate.files ?? []),
    provenance: hashedProvenance(candidate.provenance ?? {}, dirname(file)),
  };
}

function hashOf(text: string, directory: string, names: string[]): string {
  const hash = createHash('sha256').update(text);
  let count = 0;
  const add = (path: string) => {
    if (!existsSync(path) || count >= HASHED_FILES_MAX) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== 'node_modules') add(join(path, name));
      return;
    }
    count++;
    hash.update(path.slice(directory.length)).update('\0').update(readFileSync(path)).update('\0');
  };
  for (const name of names) add(resolve(directory, name));
  return hash.digest('hex');
}

function hashedProvenance(provenance: Provenance, base: string): Provenance {
  const hashed = (text: string | undefined) => {
    if (text === undefined || text.startsWith('sha256:')) return text;
    const path = resolve(base, text);
    if (!existsSync(path) || !statSync(path).isFile()) return text;
    return `${text} sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  };
  return {
    ...provenance,
    prompt: hashed(provenance.prompt),
    specification: hashed(provenance.specification),
  };
}
