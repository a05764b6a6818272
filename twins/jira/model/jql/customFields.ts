/** How a site's own fields are asked for, by their kind. */
import type { World } from '../../../../src/world/world.ts';
import { type Issue, issueTypes, projects, sprints, versions } from '../../world.ts';
import { EPIC_LINK, type Field, SPRINT } from '../fields/fields.ts';
import { choicesOfField } from '../fields/options.ts';
import { groupNamed } from '../people/groups.ts';
import { versionOf } from '../projects/projects.ts';
import type { Value } from './ast.ts';
import { heldIds, textOf } from './facets.ts';
import { type Choice, type JqlField, OPERATORS } from './field.ts';
import { choice, day, moment, people, size, text } from './fieldKinds.ts';
import { named } from './found.ts';
import { parent } from './systemFields.ts';

/** A custom field as queries ask for it; undefined for one that they cannot. */
export function customField(field: Field): JqlField | undefined {
  if (field.id === SPRINT) return sprint;
  if (field.id === EPIC_LINK) return parent;
  const { type = 'any', items, custom = '' } = field.schema ?? {};
  const kind = KINDS[items ?? type];
  if (custom.endsWith(':url')) return exactText(field);
  if (items === 'string') return labels(field);
  return (
    kind?.(field) ??
    choice({ ids: heldBy(field), find: (_, value) => [value.text.toLowerCase()], facet: field.id })
  );
}

const valueIn = (field: Field, issue: Issue): unknown => issue.fields[field.id as 'customfield_1'] ?? null;
const heldBy =
  (field: Field) =>
  (_: World, issue: Issue): string[] =>
    heldIds(valueIn(field, issue));

const options = (field: Field): Choice =>
  choice({
    type: 'option',
    ids: heldBy(field),
    facet: field.id,
    find: ({ world }, value) => optionsNamed(world, field.id, value),
    missing: (value, name) => `The option '${value.text}' for field '${name}' does not exist.`,
  });

/** The choices of a field that a written value means: by name, else by id. */
function optionsNamed(world: World, fieldId: string, value: Pick<Value, 'text'>): string[] {
  const all = choicesOfField(world, fieldId);
  const byName = all.filter((one) => one.value.toLowerCase() === value.text.toLowerCase());
  return (byName.length > 0 ? byName : all.filter((one) => one.id === value.text)).map((one) => one.id);
}

const labels = (field: Field): Choice =>
  choice({
    type: 'label',
    ids: heldBy(field),
    facet: field.id,
    find: (_, value) => [value.text.toLowerCase()],
  });

/** Addresses are compared as a whole. */
const exactText = (field: Field): Choice =>
  choice({
    type: 'text',
    ids: (_, issue) => {
      const held = textOf(valueIn(field, issue));
      return held === '' ? [] : [held];
    },
    find: (_, value) => [value.text],
  });

const version = (field: Field): Choice =>
  choice({
    type: 'version',
    operators: OPERATORS.orderedAndEmpty,
    ids: heldBy(field),
    facet: field.id,
    find: ({ world }, value) => named(world, versions, value),
    compare(world, a, b) {
      const [own, other] = [versionOf(world, { id: a }), versionOf(world, { id: b })];
      return own && other && own.projectId === other.projectId ? own.sequence - other.sequence : undefined;
    },
  });

const KINDS: Readonly<Record<string, (field: Field) => JqlField>> = {
  number: (field) =>
    size('number', (_, issue) => {
      const held = valueIn(field, issue);
      return typeof held === 'number' ? [held] : [];
    }),
  date: (field) => day((issue) => valueIn(field, issue)),
  datetime: (field) => moment((issue) => valueIn(field, issue)),
  string: (field) =>
    text((_, issue) => [textOf(valueIn(field, issue))].filter((held) => held !== ''), [field.id]),
  option: options,
  option2: options,
  'option-with-child': options,
  user: (field) => people(heldBy(field), { facet: field.id }),
  group: (field) =>
    choice({
      type: 'group',
      ids: heldBy(field),
      find: ({ world }, value) => {
        const found = groupNamed(world, { name: value.text }) ?? groupNamed(world, { groupId: value.text });
        return found ? [found.groupId] : [];
      },
      missing: (value, name) => `The group '${value.text}' for field '${name}' does not exist.`,
    }),
  project: (field) =>
    choice({
      type: 'project',
      ids: heldBy(field),
      facet: field.id,
      find: ({ world }, value) => {
        const byKey = world.list(projects, { index: 'key', equals: value.text.toUpperCase() }).first();
        return byKey ? [byKey.id] : named(world, projects, value);
      },
    }),
  version,
  issuetype: (field) =>
    choice({
      type: 'issueType',
      ids: heldBy(field),
      facet: field.id,
      find: ({ world }, value) => named(world, issueTypes, value),
    }),
};

const sprint: Choice = choice({
  type: 'sprint',
  ids: (_, issue) => heldIds(issue.fields[SPRINT]),
  facet: SPRINT,
  hasEmpty: true,
  find({ world }, value) {
    const lower = value.text.toLowerCase();
    const rows = world.list(sprints, {
      where: (row) => row.name.toLowerCase() === lower || String(row.id) === lower,
    });
    return rows.toArray().map((row) => String(row.id));
  },
  missing: (value) =>
    value.number
      ? `Sprint with id '${value.text}' does not exist or you do not have permission to view it.`
      : `Sprint with name '${value.text}' does not exist or you do not have permission to view it.`,
});
