/** Modals and home tabs. https://docs.slack.dev/surfaces/modals */
import { HEX, shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalidArguments, refuse } from '../../errors.ts';
import { VIEW_BYTES_MAX, VIEW_STACK_MAX } from '../../limits.ts';
import { type Json, type Token, type View, views } from '../../world.ts';
import { appOf } from '../apps/app.ts';
import { viewErrors } from '../blocks/grammar.ts';
import { prepared } from '../blocks/prepare.ts';
import { pictureErrors } from '../files/picture.ts';
import { keptObject } from '../messages/text.ts';
import { theTeam } from '../people/team.ts';

/** A checked view as the app gave it. Throws `invalid_arguments` with pointers, `view_too_large`. */
export function givenView(world: World, actor: Token, view: Json, type?: 'modal' | 'home'): Json {
  const broken = viewErrors(view);
  const errors =
    broken.length > 0 ? broken : pictureErrors(world, actor, view.blocks as Json[], '/view/blocks');
  if (errors.length > 0) throw invalidArguments(errors);
  if (type && view.type !== type) throw wrongType(view);
  if (JSON.stringify(view).length > VIEW_BYTES_MAX) throw refuse('view_too_large');
  return view;
}

const wrongType = (view: Json) =>
  invalidArguments([`unsupported type: ${String(view.type)} [json-pointer:/view/type]`]);

/** Shows a new modal on `user`'s screen, alone or upon another one. */
export function openModal(world: World, actor: Token, user: string, given: Json, upon?: View): View {
  if (upon) {
    const stack = world.list(views, { index: 'root', equals: upon.root_view_id }).count();
    if (stack >= VIEW_STACK_MAX) throw refuse('push_limit_reached');
  }
  return insert(world, actor, user, given, upon);
}

/** Shows a home tab to a user, in the place of what it showed before. Throws `not_enabled`, `hash_conflict`. */
export function publishHome(world: World, actor: Token, user: string, given: Json, hash?: string): View {
  const features = appOf(world, actor).manifest?.features as Json | undefined;
  if ((features?.app_home as Json | undefined)?.home_tab_enabled === false) throw refuse('not_enabled');
  const known = world.list(views, { index: 'home', equals: `${actor.app}/${user}` }).first();
  if (!known) return insert(world, actor, user, given, undefined);
  return updateView(world, actor, known, given, hash);
}

/** Puts new contents into a view. Throws `hash_conflict`, `duplicate_external_id`. */
export function updateView(world: World, actor: Token, view: View, given: Json, hash?: string): View {
  if (given.type !== view.type) throw wrongType(given);
  if (hash !== undefined && hash !== view.hash) throw refuse('hash_conflict');
  const to = contents(world, actor, view.id, given);
  if (to.external_id && to.external_id !== view.external_id) requireFree(world, actor, to.external_id);
  const { errors: _, ...rest } = view;
  const state = { values: keptValues(view, to.blocks) };
  return world.update(views, view.id, () => ({ ...rest, ...to, hash: newHash(world), state }));
}

/** The view with this id or external id, of this app. Throws `not_found`. */
export function theView(world: World, actor: Token, id?: string, externalId?: string): View {
  const view = id
    ? world.get(views, id)
    : world.list(views, { index: 'external', equals: `${actor.app}/${externalId ?? ''}` }).first();
  if (!view || view.app_id !== actor.app) throw refuse('not_found');
  return view;
}

/** Closes a modal; with `all`, those under it too. */
export function closeView(world: World, view: View, all: boolean): void {
  const stack = all ? world.list(views, { index: 'root', equals: view.root_view_id }).toArray() : [view];
  for (const one of stack) world.remove(views, one.id);
}

/** A view as its app sees it. */
export function viewView(view: View): Json {
  const { user: _, errors: __, ...shown } = view;
  return shown;
}

function insert(world: World, actor: Token, user: string, given: Json, upon: View | undefined): View {
  const id = shaped(world.draw('slack.view'), 'V0', 9, UPPER36);
  const to = contents(world, actor, id, given);
  if (to.external_id) requireFree(world, actor, to.external_id);
  return world.insert(views, {
    id,
    team_id: theTeam(world).id,
    ...to,
    state: { values: {} },
    hash: newHash(world),
    previous_view_id: upon?.id ?? null,
    root_view_id: upon?.root_view_id ?? id,
    app_id: actor.app,
    app_installed_team_id: theTeam(world).id,
    bot_id: actor.bot,
    user,
  });
}

type Contents = Pick<
  View,
  | 'type'
  | 'title'
  | 'blocks'
  | 'close'
  | 'submit'
  | 'private_metadata'
  | 'callback_id'
  | 'external_id'
  | 'clear_on_close'
  | 'notify_on_close'
>;

function contents(world: World, actor: Token, id: string, given: Json): Contents {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const plain = (value: unknown): Json | null =>
    value ? keptObject(world, { ...(value as Json), type: 'plain_text' }) : null;
  const nth = world.next('slack.viewContents');
  const drawn = (n: number) => world.drawFor('slack.viewBlock', actor.app, id, nth, n).chars(HEX, 5);
  return {
    type: given.type as View['type'],
    title: plain(given.title) ?? { type: 'plain_text', text: 'View Title', emoji: true },
    blocks: prepared(given.blocks as Json[], drawn, (one) => keptObject(world, one)),
    close: plain(given.close),
    submit: plain(given.submit),
    private_metadata: text(given.private_metadata),
    callback_id: text(given.callback_id),
    external_id: text(given.external_id),
    clear_on_close: given.clear_on_close === true,
    notify_on_close: given.notify_on_close === true,
  };
}

function requireFree(world: World, actor: Token, externalId: string): void {
  const taken = world.list(views, { index: 'external', equals: `${actor.app}/${externalId}` }).first();
  if (taken) throw refuse('duplicate_external_id');
}

/** What was typed stays where block and action keep their ids. */
function keptValues(view: View, blocks: readonly Json[]): View['state']['values'] {
  const ids = new Set(blocks.map((block) => block.block_id));
  return Object.fromEntries(Object.entries(view.state.values).filter(([id]) => ids.has(id)));
}

const newHash = (world: World): string =>
  `${Math.floor(world.now() / 1_000)}.${world.draw('slack.viewHash').chars(HEX, 8)}`;
