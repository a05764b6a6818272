/**
 * How values that programs send become values of custom fields, kind by kind, and what the changelog says of them.
 * What a value refers to is stored by id: `{id}` of an option, a project, a version, `{accountId}`, `{groupId}`.
 * https://developer.atlassian.com/server/jira/platform/jira-rest-api-examples/#setting-custom-field-data-for-other-field-types
 */
import { FIELD_VALUES_MAX, SHORT_TEXT_CHARS_MAX, TEXT_CHARS_MAX } from '../../limits.ts';
import { appOptions, type FieldOption, type Ref } from '../../world.ts';
import { isSelectable } from '../fields/appScopes.ts';
import { contextFor } from '../fields/contexts.ts';
import { type Field, fieldById } from '../fields/fields.ts';
import { APP_FIELD_PREFIX, STANDARD } from '../fields/fieldTypes.ts';
import { optionsOf } from '../fields/options.ts';
import { groupNamed } from '../people/groups.ts';
import { projectNamed } from '../projects/projects.ts';
import { ONLY_OPEN, sprintById } from '../software/issueSprints.ts';
import {
  FieldProblem,
  MUST_BE_STRING,
  type Place,
  readDay,
  readLabel,
  readMoment,
  readOfProject,
  readUser,
  refOf,
} from './fieldValues.ts';

/** A custom field's value, by its kind; `null` for nothing. Throws `FieldProblem`. Texts of paragraphs are read elsewhere. */
export function readCustom(place: Place, id: string, value: unknown): unknown {
  const field = fieldById(place.world, id);
  if (!field || value === null || value === undefined) return null;
  const { type = 'any', items } = field.schema ?? {};
  if (type !== 'array') return readOne(place, field, type, value);
  if (items === 'json') return readSprint(place, value);
  if (!Array.isArray(value)) throw new FieldProblem('data was not an array');
  const read = value.slice(0, FIELD_VALUES_MAX).map((each) => readOne(place, field, items ?? 'string', each));
  const texts = read.map((each) => JSON.stringify(each));
  const once = read.filter((_, i) => texts.indexOf(texts[i] as string) === i);
  return once.length > 0 ? once : null;
}

function readOne(place: Place, field: Field, type: string, value: unknown): unknown {
  switch (type) {
    case 'number':
      if (typeof value !== 'number') throw new FieldProblem('Operation value must be a number');
      return value;
    case 'string':
      return readText(field, value);
    case 'date':
      return readDay(value);
    case 'datetime':
      return readMoment(value);
    case 'user':
      return readUser(place, value);
    case 'option':
      return readOption(place, field, value);
    case 'option2':
      return readAppOption(place, field, value);
    case 'option-with-child':
      return readCascading(place, field, value);
    case 'group':
      return readGroup(place, value);
    case 'project':
      return readProject(place, value);
    case 'version':
      return readOfProject(place, 'version', value);
    default:
      return value;
  }
}

function readText(field: Field, value: unknown): string | null {
  const kind = (field.schema?.custom ?? '').slice(STANDARD.length);
  if (kind === 'labels') return readLabel(value);
  if (typeof value !== 'string') throw new FieldProblem(MUST_BE_STRING);
  if (value === '') return null;
  const long = kind === 'url' || field.schema?.custom?.startsWith(APP_FIELD_PREFIX);
  const max = long ? TEXT_CHARS_MAX : SHORT_TEXT_CHARS_MAX;
  if (value.length > max)
    throw new FieldProblem(
      `The entered text is too long. It exceeds the allowed limit of ${max.toLocaleString('en-US')} characters.`,
    );
  if (kind === 'url' && !isAddress(value)) throw new FieldProblem('Not a valid URL');
  return value;
}

const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) && URL.canParse(text);

/** The choices that a field offers where the value goes: none where it has no context there. */
function choicesAt({ world, project, type }: Place, field: Field): FieldOption[] {
  const context = contextFor(world, field.id, project.id, type.id);
  return context ? optionsOf(world, context.id).filter((one) => !one.disabled) : [];
}

function readOption(place: Place, field: Field, value: unknown): Ref {
  const { id, name } = refOf(value);
  if (id === undefined && name === undefined)
    throw new FieldProblem(`Specify a valid 'id' or 'name' for ${field.name}`);
  const found = choicesAt(place, field).find((one) =>
    id === undefined ? one.value === name : one.id === id,
  );
  if (found) return { id: found.id };
  throw new FieldProblem(
    id === undefined ? `Option value '${name}' is not valid` : `Option id '${id}' is not valid`,
  );
}

/** A choice of a field that an app brought along: what an issue has already may stay. */
function readAppOption({ world, project }: Place, field: Field, value: unknown): Ref {
  const { id, name } = refOf(value);
  const found = world
    .list(appOptions, { prefix: `${field.id}/` })
    .toArray()
    .find((one) => (id === undefined ? one.value === name : String(one.id) === id));
  if (found && isSelectable(found, project.id)) return { id: String(found.id) };
  throw new FieldProblem(
    id === undefined ? `Option value '${name ?? ''}' is not valid` : `Option id '${id}' is not valid`,
  );
}

function readCascading(place: Place, field: Field, value: unknown): Ref & { child?: Ref } {
  const choices = choicesAt(place, field);
  const pick = (wanted: unknown, parent: string | undefined, level: string): Ref => {
    const { id, name } = refOf(wanted);
    const found = choices.find(
      (one) => one.optionId === parent && (id === undefined ? one.value === name : one.id === id),
    );
    if (found) return { id: found.id };
    throw new FieldProblem(`Could not find valid 'id' or 'value' in the ${level} Option object.`);
  };
  const top = pick(value, undefined, 'Parent');
  const { child } = value as { child?: unknown };
  return child === undefined || child === null ? top : { ...top, child: pick(child, top.id, 'Child') };
}

function readProject({ world }: Place, value: unknown): Ref {
  const { id, name } = refOf(value);
  const found = id === undefined && name === undefined ? undefined : projectNamed(world, id ?? name ?? '');
  if (!found) throw new FieldProblem('valid project is required');
  return { id: found.id };
}

function readGroup({ world }: Place, value: unknown): { groupId: string } {
  const { groupId, name } = (value ?? {}) as Record<string, unknown>;
  const named = {
    ...(typeof groupId === 'string' ? { groupId } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
  const found = groupNamed(world, named);
  if (!found) throw new FieldProblem(`Could not find group names: ${named.name ?? named.groupId ?? ''}`);
  return { groupId: found.groupId };
}

function readSprint({ world }: Place, value: unknown): number[] {
  const id = Array.isArray(value) ? value[0] : value;
  const number = Number(typeof id === 'object' && id !== null ? (id as { id?: unknown }).id : id);
  if (!Number.isInteger(number)) throw new FieldProblem('Number value expected as the Sprint id.');
  const sprint = sprintById(world, number);
  if (!sprint) throw new FieldProblem(`Sprint with id ${number} does not exist.`);
  if (sprint.state === 'closed') throw new FieldProblem(ONLY_OPEN);
  return [number];
}
