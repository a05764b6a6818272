/** A modal that was sent off or closed: what the app hears, and what its answer does to the screen. */

import { ApiError } from '../../../../src/error.ts';
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { cannot } from '../../errors.ts';
import {
  type App,
  apps,
  channels,
  isObject,
  type Json,
  type Token,
  tokens,
  type User,
  type View,
  views,
} from '../../world.ts';
import { interactive } from '../blocks/prepare.ts';
import { type Finder, filledBy, isEmpty, isKept, statesOf } from './choice.ts';
import { interact, newResponseUrl, newTrigger } from './interaction.ts';
import { closeView, givenView, openModal, updateView, viewView } from './view.ts';

/** What a person filled in: by action id, or by block id and action id. */
export type Given = Readonly<Record<string, unknown>>;

/**
 * Sends a modal off with what was filled in. Throws (as a gesture) where a field that is asked for is empty or its
 * screen would not take what was filled in.
 */
export function submit(world: World, user: User, view: View, given: Given, find: Finder): View {
  const values = filledIn(view, given, find);
  const { errors: _, ...rest } = view;
  const filled = world.update(views, view.id, () => ({ ...rest, state: { values } }));
  const app = appOf(world, view);
  interact(world, app, 'view_submission', user, {
    trigger_id: newTrigger(world, app, user.id, view.id).id,
    view: viewView(filled),
    response_urls: responseUrls(world, app, user, filled),
  });
  return filled;
}

/** Closes a modal without sending it off, or with `all` every one that lies there; apps hear of it that asked to. */
export function dismiss(world: World, user: User, view: View, all: boolean): void {
  const stack = world.list(views, { index: 'root', equals: view.root_view_id }).toArray();
  const app = appOf(world, view);
  for (const one of all ? stack : [view])
    if (one.notify_on_close)
      interact(world, app, 'view_closed', user, { view: viewView(one), is_cleared: all });
  closeView(world, view, all);
}

/** Does what the app answered: shows errors, another view, or nothing more. */
export function settleSubmission(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const view = world.get(views, String((payload.view as Json).id));
  if (!view) return;
  // An app that did not answer well: the person is told to try again, and keeps what they typed.
  if (outcome.failure || outcome.status !== 200)
    return void world.update(views, view.id, { errors: { '': outcome.failure ?? `http_${outcome.status}` } });
  try {
    carryOut(world, view, parsedObject(outcome.body));
  } catch (error) {
    // A view that breaks the rules is not shown: the person sees that something went wrong, and their input.
    if (!(error instanceof ApiError)) throw error;
    world.update(views, view.id, { errors: { '': error.name } });
  }
}

function carryOut(world: World, view: View, answer: Json | undefined): void {
  const actor = botOf(world, view.app_id);
  const action = answer?.response_action;
  if (action === 'errors') world.update(views, view.id, { errors: answer?.errors as Record<string, string> });
  else if ((action === 'update' || action === 'push') && actor) {
    const given = givenView(world, actor, isObject(answer?.view) ? answer.view : {}, 'modal');
    if (action === 'update') updateView(world, actor, view, given);
    else openModal(world, actor, view.user, given, view);
  } else closeView(world, view, action === 'clear');
}

function filledIn(view: View, given: Given, find: Finder): View['state']['values'] {
  const values = statesOf(view.blocks, view.state.values);
  for (const at of interactive(view.blocks)) {
    const { block, element } = at;
    if (!isKept(element)) continue;
    const [inBlock, action] = [String(block.block_id), String(element.action_id)];
    const ofBlock = given[inBlock];
    const value = isObject(ofBlock) ? ofBlock[action] : (given[action] ?? ofBlock);
    const states = values[inBlock] as Record<string, Json>;
    if (value !== undefined) states[action] = filledBy(find, block, element, value);
    if (block.type === 'input' && block.optional !== true && isEmpty(states[action] as Json))
      throw cannot('input_required', `the input ${action} (block ${inBlock}) must be filled in`);
  }
  return values;
}

/** Addresses for the conversations that were picked where the app asked for that. */
function responseUrls(world: World, app: App, user: User, view: View): Json[] {
  return interactive(view.blocks).flatMap(({ block, element }) => {
    if (element.response_url_enabled !== true) return [];
    const [block_id, action_id] = [String(block.block_id), String(element.action_id)];
    const state = view.state.values[block_id]?.[action_id];
    const channel = world.get(channels, String(state?.selected_conversation ?? state?.selected_channel));
    if (!channel) return [];
    const response_url = newResponseUrl(world, app, user, { channel, ephemeral: false });
    return [{ response_url, channel_id: channel.id, action_id, block_id }];
  });
}

const appOf = (world: World, view: View): App =>
  world.require(apps, view.app_id, () => cannot('no_app', 'the app of this view is gone'));

const botOf = (world: World, app: string): Token | undefined =>
  world.list(tokens, { index: 'app', equals: `${app}/bot` }).first();
