/** What people do who run the workspace: members, fields of profiles. */
import type { Gesture } from '../../../src/twin.ts';
import { cannot } from '../errors.ts';
import { addField, type FieldDraft } from '../model/profileField.ts';
import { deactivate, welcome } from '../model/roster.ts';
import { personCalled } from './person.ts';

const line = { type: 'string', minLength: 1, maxLength: 255 } as const;

export const adminGestures: Readonly<Record<string, Gesture>> = {
  joinWorkspace: {
    says: 'Becomes a member of the workspace: the person need not be of the cast.',
    input: {
      type: 'object',
      additionalProperties: false,
      properties: { name: line, title: line },
      required: ['name'],
    },
    perform: (world, as, { name, title }: { name: string; title?: string }) => ({
      user: welcome(world, { email: as, name, ...(title === undefined ? {} : { title }) }).id,
    }),
  },
  deactivate: {
    says: 'Closes a member’s account, as an administrator does.',
    input: {
      type: 'object',
      additionalProperties: false,
      properties: { member: { ...line, description: 'E-mail' } },
      required: ['member'],
    },
    perform: (world, as, { member }: { member: string }) => {
      requireAdministrator(personCalled(world, as));
      return { user: deactivate(world, personCalled(world, member)).id };
    },
  },
  addProfileField: {
    says: 'Adds a field to everybody’s profile, as an administrator does.',
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        label: line,
        type: { enum: ['text', 'long_text', 'date', 'link', 'user', 'options_list'] },
        hint: line,
        options: { type: 'array', maxItems: 100, items: line },
        hidden: { type: 'boolean' },
      },
      required: ['label', 'type'],
    },
    perform: (world, as, draft: FieldDraft) => {
      requireAdministrator(personCalled(world, as));
      return { field: addField(world, draft).id };
    },
  },
};

function requireAdministrator(person: { is_admin: boolean; real_name: string }): void {
  if (!person.is_admin) throw cannot('not_admin', `${person.real_name} does not run the workspace`);
}
