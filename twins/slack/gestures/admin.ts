/** What people do who run the workspace: members, fields of profiles. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { addField, type FieldDraft } from '../model/people/profileField.ts';
import { deactivate, type Role, setRole, welcome } from '../model/people/roster.ts';
import { renameTeam } from '../model/people/teamRename.ts';
import { type Channel, channels } from '../world.ts';
import { personCalled } from './person.ts';

const line = { type: 'string', minLength: 1, maxLength: 255 } as const;

export const adminGestures: Readonly<Record<string, Gesture>> = {
  joinWorkspace: {
    says: 'Becomes a member of the workspace (the person need not be of the cast), or a guest in some channels.',
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        name: line,
        title: line,
        guest: { enum: ['single', 'multi'] },
        channels: { type: 'array', maxItems: 100, items: line },
      },
      required: ['name'],
    },
    perform: (world, as, { name, title, guest, channels: rooms = [] }: Joining) => {
      const invited = {
        single: guest === 'single',
        channels: rooms.map((room) => channelNamed(world, room)),
      };
      const said = { email: as, name, ...(title === undefined ? {} : { title }) };
      return { user: welcome(world, guest ? { ...said, guest: invited } : said).id };
    },
  },
  setRole: {
    says: 'Makes a member an administrator or owner, or a plain member again, as an owner does.',
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        member: { ...line, description: 'E-mail' },
        role: { enum: ['member', 'admin', 'owner'] },
      },
      required: ['member', 'role'],
    },
    perform: (world, as, { member, role }: { member: string; role: Role }) => {
      if (!personCalled(world, as).is_owner) throw cannot('not_an_owner', `${as} does not own the workspace`);
      const user = personCalled(world, member);
      if (user.is_primary_owner) throw cannot('primary_owner', `${user.real_name} stays the primary owner`);
      return { user: setRole(world, user, role).id };
    },
  },
  renameWorkspace: {
    says: 'Gives the workspace another name, another place on the web, or another domain for e-mail.',
    input: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        name: line,
        domain: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,20}$' },
        emailDomain: line,
      },
    },
    perform: (world, as, given: { name?: string; domain?: string; emailDomain?: string }) => {
      requireAdministrator(personCalled(world, as));
      return { team: renameTeam(world, given).id };
    },
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

interface Joining {
  name: string;
  title?: string;
  guest?: 'single' | 'multi';
  channels?: string[];
}

function channelNamed(world: World, name: string): Channel {
  const channel = world.list(channels, { index: 'name', equals: name.replace(/^#/, '') }).first();
  if (!channel) throw cannot('channel_not_found', `there is no channel ${name}`);
  return channel;
}

function requireAdministrator(person: { is_admin: boolean; real_name: string }): void {
  if (!person.is_admin) throw cannot('not_admin', `${person.real_name} does not run the workspace`);
}
