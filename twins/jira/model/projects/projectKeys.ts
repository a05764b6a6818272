/** Keys and names of projects: which may be had, and which Jira would offer instead. */
import type { Draw } from '../../../../src/prng.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing } from '../../errors.ts';
import { PROJECT_KEY_CHARS_MAX, PROJECT_NAME_CHARS_MAX } from '../../limits.ts';
import { type Project, projects } from '../../world.ts';

/** Names that operating systems keep for themselves. */
const RESERVED = /^(AUX|CON|PRN|NUL|COM\d|LPT\d)$/;

/** Whoever has a key now or had it before, in the bin or not. */
export const projectByKey = (world: World, key: string): Project | undefined =>
  world.list(projects, { index: 'key', equals: key.toUpperCase() }).first();

/** What is wrong with a key for a new project, or for `self`; undefined where it may be had. */
export function keyProblem(world: World, key: string, self?: Project): string | undefined {
  if (key === '')
    return 'You must specify a unique project key, at least 2 characters long, containing only uppercase letters.';
  if (key.length > PROJECT_KEY_CHARS_MAX)
    return `The project key must not exceed ${PROJECT_KEY_CHARS_MAX} characters in length.`;
  if (!/^[A-Z][A-Z0-9]+$/.test(key))
    return 'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.';
  if (RESERVED.test(key))
    return `Project Key '${key}' is a reserved operating system keyword. Please choose a different key.`;
  const holder = projectByKey(world, key);
  return holder && holder.id !== self?.id ? `Project '${holder.name}' uses this project key.` : undefined;
}

/** What is wrong with a name for a new project, or for `self`; undefined where it may be had. */
export function nameProblem(world: World, name: string, self?: Project): string | undefined {
  if (name.trim() === '') return 'You must specify a valid project name.';
  if (name.length > PROJECT_NAME_CHARS_MAX)
    return `The project name must not exceed ${PROJECT_NAME_CHARS_MAX} characters in length.`;
  const holder = projectByName(world, name);
  return holder && holder.id !== self?.id ? 'A project with that name already exists.' : undefined;
}

const projectByName = (world: World, name: string): Project | undefined =>
  world.list(projects, { index: 'name', equals: name.trim().toLowerCase() }).first();

/** Draws that are tried before Jira gives up. */
const TRIES_MAX = 100;

/** The key itself where it may be had, else a like one: with a number, then letters of chance. */
export function validKey(world: World, key: string): string {
  const stem = key
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^\d+/, '')
    .slice(0, PROJECT_KEY_CHARS_MAX);
  if (stem === key && keyProblem(world, key) === undefined) return key;
  if (stem.length >= 2 && keyProblem(world, stem) === undefined) return stem;
  const draw = world.drawFor('jira.validKey', key);
  for (let i = 0; i < TRIES_MAX; i++) {
    const made = letters(draw, 4);
    if (keyProblem(world, made) === undefined) return made;
  }
  return '';
}

const letters = (draw: Draw, count: number): string => draw.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ', count);

/** The name itself where it may be had, else with the first number that is free; 404 where there is none. */
export function validName(world: World, name: string): string {
  if (projectByName(world, name) === undefined) return name;
  for (let i = 2; i < TRIES_MAX; i++) {
    const made = `${name.slice(0, PROJECT_NAME_CHARS_MAX - 4)} ${i}`;
    if (projectByName(world, made) === undefined) return made;
  }
  throw missing('Unable to generate a valid project name');
}
