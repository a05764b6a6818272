/** Groups, apps and the System Log, as an administrator sees them. */
import { type Asked, type Item, listOf, type Place, pageFrom } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import type { App } from '../model/apps/app.ts';
import { type Group, membersOf } from '../model/groups/group.ts';
import type { LogEvent } from '../model/log/log.ts';
import { appGroups, apps, appUsers, groups, logs, users } from '../world.ts';
import { userItem } from './people.ts';

const APPS_SHOWN_MAX = 100;
const EVENTS_SHOWN = 100;

/** All groups by name. */
export function groupsPlace(world: World, asked: Asked): Place {
  const range = world.list(groups, { index: 'name', prefix: asked.find?.toLowerCase() ?? '' });
  return {
    title: 'Groups',
    blocks: [
      { kind: 'search', label: 'Groups that begin with', value: asked.find ?? '' },
      listOf(range, asked, groupItem, { empty: 'No groups' }),
    ],
  };
}

const groupItem = (group: Group): Item => ({
  title: group.profile.name,
  to: `group/${group.id}`,
  subtitle: group.profile.description ?? '',
  icon: 'group',
  ...(group.type === 'OKTA_GROUP' ? {} : { badge: group.type === 'BUILT_IN' ? 'built in' : 'of an app' }),
});

/** A group: its apps and its members. */
export function groupPlace(world: World, id: string, asked: Asked): Place | undefined {
  const group = world.get(groups, id);
  if (!group) return undefined;
  const { name, description } = group.profile;
  const member = (user: string, byRule: boolean): Item => {
    const found = world.get(users, user);
    if (!found) return { title: user };
    const given = { user: found.profile.login, group: name };
    const acts = [{ label: 'Remove', gesture: 'removeFromGroup', with: given }];
    const byHand = group.type === 'OKTA_GROUP' && !byRule;
    return { ...userItem(found), ...(byHand ? { acts } : byRule ? { badge: 'by rule' } : {}) };
  };
  const add = { label: 'Add a person', gesture: 'addToGroup', with: { group: name } };
  const person = { path: ['user'], label: 'Who', type: 'person' as const };
  const given = world.list(appGroups, { index: 'group', equals: id }).toArray(APPS_SHOWN_MAX);
  const items = given.flatMap((row) => {
    const app = world.get(apps, row.appId);
    return app ? [appItem(app)] : [];
  });
  const members = membersOf(world, id);
  return {
    title: name,
    subtitle: [`${members.count()} members`, description].filter(Boolean).join(' · '),
    icon: 'group',
    trail: [{ to: 'groups', title: 'Groups' }],
    blocks: [
      ...(group.type === 'OKTA_GROUP'
        ? [{ kind: 'acts' as const, acts: [{ ...add, fields: [person] }] }]
        : []),
      { kind: 'list', title: 'Apps of its members', items, empty: 'None' },
      listOf(members, asked, (row) => member(row.userId, row.ruleId !== undefined), {
        title: 'Members',
        empty: 'Nobody',
      }),
    ],
  };
}

/** All apps. */
export function appsPlace(world: World, asked: Asked): Place {
  return { title: 'Apps', blocks: [listOf(world.list(apps), asked, appItem, { empty: 'No apps' })] };
}

const appItem = (app: App): Item => ({
  title: app.label,
  to: `app/${app.id}`,
  subtitle: app.signOnMode ?? app.name,
  icon: 'app',
  ...(app.status === 'ACTIVE' ? {} : { badge: app.status }),
});

/** An app: what groups bring it, and who has it. */
export function appPlace(world: World, id: string, asked: Asked): Place | undefined {
  const app = world.get(apps, id);
  if (!app) return undefined;
  const given = world.list(appGroups, { prefix: `${id}/` }).toArray(APPS_SHOWN_MAX);
  const assigned = world.list(appUsers, { prefix: `${id}/` });
  const item = (row: { id: string; scope: string }): Item => {
    const user = world.get(users, row.id);
    if (!user) return { title: row.id };
    if (row.scope === 'GROUP') return { ...userItem(user), badge: 'by a group' };
    const given = { user: user.profile.login, app: id };
    return { ...userItem(user), acts: [{ label: 'Remove', gesture: 'removeFromApp', with: given }] };
  };
  const person = { path: ['user'], label: 'Who', type: 'person' as const };
  const assign = { label: 'Assign to a person', gesture: 'assignToApp', with: { app: id }, fields: [person] };
  return {
    title: app.label,
    icon: 'app',
    trail: [{ to: 'apps', title: 'Apps' }],
    blocks: [
      { kind: 'acts', acts: [assign] },
      {
        kind: 'facts',
        facts: [
          { name: 'Status', value: { text: app.status, tone: app.status === 'ACTIVE' ? 'good' : 'bad' } },
          { name: 'Sign-on', value: app.signOnMode ?? 'none' },
          { name: 'Id', value: app.id },
        ],
      },
      {
        kind: 'list',
        title: 'Groups',
        items: given.flatMap((row) => {
          const group = world.get(groups, row.id);
          return group ? [groupItem(group)] : [];
        }),
        empty: 'None',
      },
      listOf(assigned, asked, item, { title: 'People', empty: 'Nobody' }),
    ],
  };
}

/** The System Log, newest first. */
export function logPlace(world: World, asked: Asked): Place {
  const page = pageFrom(world.list(logs, { reverse: true }), asked.from, EVENTS_SHOWN);
  return {
    title: 'System Log',
    subtitle: 'Newest first',
    icon: 'log',
    blocks: [
      {
        kind: 'table',
        columns: ['When', 'Who', 'What', 'Whom', 'Outcome'],
        rows: page.items.map(row),
        ...(page.next ? { next: page.next } : {}),
        empty: 'Nothing has happened yet',
      },
    ],
  };
}

const row = ({ published, actor, displayMessage, eventType, target, outcome }: LogEvent) => [
  { text: published.slice(0, 19).replace('T', ' '), tone: 'dim' as const },
  actor.type === 'User'
    ? { text: actor.displayName ?? actor.id, to: `person/${actor.id}` }
    : (actor.displayName ?? actor.id),
  `${displayMessage} (${eventType})`,
  target.map((one) => one.displayName ?? one.id).join(', '),
  { text: outcome.result, tone: outcome.result === 'FAILURE' ? ('bad' as const) : ('good' as const) },
];
