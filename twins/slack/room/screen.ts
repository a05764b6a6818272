/** Apps, and what they put on a person's screen: homes and modals. */
import { type Act, type Asked, type Block, type Item, listOf, type Place } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { type Webhook, webhooksOf } from '../model/apps/webhook.ts';
import { type App, apps, channels, users, type View, views } from '../world.ts';
import { inputFields, shownBlocks } from './blocks.ts';
import { labelOf } from './text.ts';

const VIEWS_SHOWN_MAX = 10;

/** The apps of the workspace. */
export function appsPlace(world: World, asked: Asked): Place {
  const item = (row: App): Item => ({
    title: row.name,
    to: `app/${row.id}`,
    icon: 'app',
    subtitle: row.uninstalled ? 'not installed' : row.scopes.join(', '),
  });
  const range = world.list(apps, { index: 'order', where: (row) => !row.deleted });
  return { title: 'Apps', blocks: [listOf(range, asked, item, { empty: 'There is no app' })] };
}

/** The modals that are open on the screen of the person who looks. */
export function screenPlace(world: World, asked: Asked): Place {
  const blocks = openModals(world, asked);
  const empty = { kind: 'list' as const, items: [], empty: 'No app has opened anything for this person' };
  return { title: 'Screen', subtitle: asked.as ?? '', blocks: blocks.length > 0 ? blocks : [empty] };
}

/** Modals that apps opened for the person who looks; one that was put upon another stands before it. */
export function openModals(world: World, asked: Asked): Block[] {
  const person = world.list(users, { index: 'email', equals: asked.as?.toLowerCase() ?? '' }).first();
  if (!person) return [];
  return world
    .list(views, { where: (row) => row.type === 'modal' && row.user === person.id })
    .toArray(VIEWS_SHOWN_MAX)
    .sort((a, b) => Number(a.previous_view_id === null) - Number(b.previous_view_id === null))
    .map((view) => modal(world, view));
}

/** An app, and its home as the person who looks has it. */
export function appPlace(world: World, id: string, asked: Asked): Place | undefined {
  const app = world.get(apps, id);
  if (!app || app.deleted) return undefined;
  const person = world.list(users, { index: 'email', equals: asked.as?.toLowerCase() ?? '' }).first();
  const home = world.list(views, { index: 'home', equals: `${id}/${person?.id ?? ''}` }).first();
  const note = home ? {} : { note: 'The app has shown this person no home yet.' };
  return {
    title: app.name,
    icon: 'app',
    trail: [{ to: 'apps', title: 'Apps' }],
    blocks: [
      { kind: 'facts', facts: factsOf(world, app) },
      { kind: 'acts', acts: actsOn(app) },
      {
        kind: 'panel',
        title: 'Home',
        ...note,
        blocks: home ? shownBlocks(world, { view: home.id }, home.blocks) : [],
      },
    ],
  };
}

/** What people do with an app that is there, and with one that is not. */
const actsOn = ({ id, uninstalled }: App): Act[] =>
  uninstalled
    ? [{ label: 'Install to workspace', gesture: 'installApp', with: { app: id }, style: 'primary' }]
    : [
        { label: 'Open its home', gesture: 'openHome', with: { app: id }, style: 'primary' },
        { label: 'Remove from workspace', gesture: 'uninstallApp', with: { app: id } },
      ];

const factsOf = (world: World, app: App) => [
  { name: 'Id', value: app.id },
  { name: 'Installed', value: app.uninstalled ? 'no' : 'yes' },
  { name: 'Bot scopes', value: app.scopes.join(', ') || 'none' },
  { name: 'Webhooks', value: webhooksOf(world, app).map(postsTo(world)).join(', ') || 'none' },
  { name: 'Hears of', value: app.events.subscriptions.join(', ') || 'nothing' },
  { name: 'At', value: app.socket_mode ? 'Socket Mode' : (app.events.url ?? 'no address') },
  { name: 'Commands', value: app.commands.map((one) => one.command).join(', ') || 'none' },
];

const postsTo = (world: World) => (hook: Webhook) =>
  `#${world.get(channels, hook.channel)?.name ?? hook.channel}`;

function modal(world: World, view: View): Block {
  const submit = {
    label: labelOf(view.submit) || 'Submit',
    gesture: 'submit',
    with: { view: view.id },
    style: 'primary' as const,
  };
  const errors = Object.entries(view.errors ?? {}).map(([at, why]) => (at ? `${at}: ${why}` : why));
  const close = { label: labelOf(view.close) || 'Close', gesture: 'closeView', with: { view: view.id } };
  return {
    kind: 'panel',
    over: true,
    title: labelOf(view.title),
    ...(errors.length > 0 ? { note: errors.join(' · ') } : {}),
    blocks: [
      ...shownBlocks(world, { view: view.id }, view.blocks),
      {
        kind: 'acts',
        acts: [...(view.submit ? [{ ...submit, fields: inputFields(view.blocks) }] : []), close],
      },
    ],
  };
}
