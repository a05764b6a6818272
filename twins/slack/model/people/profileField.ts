/** Fields of profiles that a workspace adds of its own. https://docs.slack.dev/reference/methods/team.profile.get */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { PROFILE_FIELDS_MAX } from '../../limits.ts';
import { isObject, type Json, type Profile, users } from '../../world.ts';
import { theTeam } from './team.ts';

export type FieldType = 'text' | 'long_text' | 'date' | 'link' | 'user' | 'options_list';

export interface ProfileField {
  id: string;
  ordering: number;
  field_name: string;
  label: string;
  hint: string;
  type: FieldType;
  possible_values: string[] | null;
  options: { is_scim: boolean; is_protected: boolean } | null;
  is_hidden: boolean;
  section_id: string;
}

export const profileFields = table<ProfileField>({
  name: 'slack.profileFields',
  key: (row) => row.id,
  indexes: { order: (row) => String(row.ordering).padStart(4, '0') },
});

/** What an administrator says of a new field. */
export interface FieldDraft {
  label: string;
  type: FieldType;
  hint?: string;
  options?: string[];
  hidden?: boolean;
}

/** Adds a field behind the others, under “About me”. */
export function addField(world: World, draft: FieldDraft): ProfileField {
  return world.insert(profileFields, {
    id: shaped(world.draw('slack.profileField'), 'Xf0', 9, UPPER36),
    ordering: world.next('slack.profileFieldOrder') - 1,
    field_name: '',
    label: draft.label,
    hint: draft.hint ?? '',
    type: draft.type,
    possible_values: draft.type === 'options_list' ? (draft.options ?? []) : null,
    options: null,
    is_hidden: draft.hidden ?? false,
    section_id: sectionId(world, 'custom'),
  });
}

/** The workspace's fields, all, the `visible` or the `hidden` ones, and the sections they stand in. */
export function teamProfile(world: World, visibility: string | undefined): Json {
  const all = world.list(profileFields, { index: 'order' }).toArray(PROFILE_FIELDS_MAX);
  const asked = (row: ProfileField) => (visibility === 'hidden' ? row.is_hidden : !row.is_hidden);
  const fields = visibility === 'visible' || visibility === 'hidden' ? all.filter(asked) : all;
  return { fields, sections: [section(world, 'contact', 1), section(world, 'custom', 2)] };
}

/**
 * Values for fields, joined with those that a profile has; an empty value takes one away. `given` maps ids of fields
 * to `{value, alt}` or texts. Throws `invalid_profile`, `profile_set_failed` for a value that its field does not take.
 */
export function filledIn(world: World, profile: Profile, given: unknown): Profile['fields'] {
  if (!isObject(given)) throw refuse('invalid_profile');
  const fields = { ...profile.fields };
  for (const [id, said] of Object.entries(given)) {
    const { value = '', alt = '' } = isObject(said) ? said : { value: said };
    const field = world.require(profileFields, id, () => refuse('profile_set_failed'));
    if (value === '' || value === null) delete fields[id];
    else if (fits(world, field, String(value))) fields[id] = { value: String(value), alt: String(alt) };
    else throw refuse('profile_set_failed');
  }
  if (Object.keys(fields).length > PROFILE_FIELDS_MAX) throw refuse('profile_set_failed');
  return fields;
}

/** A profile's values with the names of their fields. */
export const labelled = (world: World, fields: Profile['fields']): Json =>
  Object.fromEntries(
    Object.entries(fields ?? {}).map(([id, one]) => [
      id,
      { ...one, label: world.get(profileFields, id)?.label ?? '' },
    ]),
  );

function fits(world: World, field: ProfileField, value: string): boolean {
  switch (field.type) {
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'link':
      return /^https?:\/\/\S+$/.test(value);
    case 'user':
      return value.split(',').every((id) => world.get(users, id) !== undefined);
    case 'options_list':
      return field.possible_values?.includes(value) ?? false;
    default:
      return true;
  }
}

const LABELS = { contact: 'Contact information', custom: 'About me' } as const;

const section = (world: World, type: keyof typeof LABELS, order: number): Json => ({
  id: sectionId(world, type),
  team_id: theTeam(world).id,
  section_type: type,
  label: LABELS[type],
  order,
  is_hidden: false,
});

const sectionId = (world: World, type: keyof typeof LABELS): string =>
  shaped(world.drawFor('slack.profileSection', type), 'Psec0', 9, UPPER36);
