/** A modal that was sent off: what the app hears, and what its answer does to the screen. */
import { ApiError } from '../../../src/error.ts';
import type { DeliveryOutcome } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { apps, isObject, type Json, type Token, tokens, type User, type View, views } from '../world.ts';
import { interactive } from './blocks/prepare.ts';
import { interact, newTrigger } from './interaction.ts';
import { closeView, givenView, openModal, updateView, viewView } from './view.ts';

/** What a person filled in: by action id, or by block id and action id. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Sends a modal off with what was filled in. Throws (as a gesture) where a field that is asked for is empty.
 */
export function submit(world: World, user: User, view: View, given: Values): View {
  const values = filledIn(view, given);
  const { errors: _, ...rest } = view;
  const filled = world.update(views, view.id, () => ({ ...rest, state: { values } }));
  const app = world.require(apps, view.app_id, () => cannot('no_app', 'the app of this view is gone'));
  interact(world, app, 'view_submission', user, {
    trigger_id: newTrigger(world, app, user.id, view.id).id,
    view: viewView(filled),
    response_urls: [],
  });
  return filled;
}

/** Does what the app answered: shows errors, another view, or nothing more. */
export function settleSubmission(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const view = world.get(views, String((payload.view as Json).id));
  if (!view || outcome.failure || outcome.status !== 200) return;
  try {
    carryOut(world, view, parsed(outcome.body));
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
    const given = givenView(isObject(answer?.view) ? answer.view : {}, 'modal');
    if (action === 'update') updateView(world, actor, view, given);
    else openModal(world, actor, view.user, given, view);
  } else closeView(world, view, action === 'clear');
}

function filledIn(view: View, given: Values): View['state']['values'] {
  const values: View['state']['values'] = {};
  for (const { block, element } of interactive(view.blocks)) {
    if (block.type !== 'input') continue;
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const inBlock = given[blockId];
    const value = isObject(inBlock) ? inBlock[actionId] : (given[actionId] ?? inBlock);
    if (value === undefined && block.optional !== true)
      throw cannot('input_required', `the input ${actionId} (block ${blockId}) must be filled in`);
    values[blockId] = { ...values[blockId], [actionId]: stateOf(element, value) };
  }
  return values;
}

/** A filled field as view state shows it. */
export function stateOf(element: Json, value: unknown): Json {
  const type = String(element.type);
  const options = (element.options as Json[] | undefined) ?? [];
  const option = (wanted: unknown) => options.find((one) => one.value === wanted) ?? null;
  if (type === 'static_select' || type === 'radio_buttons' || type === 'overflow')
    return { type, selected_option: option(value) };
  if (type === 'checkboxes' || type === 'multi_static_select')
    return { type, selected_options: (Array.isArray(value) ? value : []).map(option).filter(Boolean) };
  const field = FIELDS[type] ?? 'value';
  return { type, [field]: value ?? null };
}

const FIELDS: Readonly<Record<string, string>> = {
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  rich_text_input: 'rich_text_value',
};

const botOf = (world: World, app: string): Token | undefined =>
  world.list(tokens, { index: 'app', equals: `${app}/bot` }).first();

function parsed(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
