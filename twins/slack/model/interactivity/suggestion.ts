/**
 * Options that an app gives while a person types into an external menu.
 * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
 */
import { parsedObject } from '../../../../src/json.ts';
import { table } from '../../../../src/table.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { cannot } from '../../errors.ts';
import { SUGGESTED_OPTIONS_MAX, SUGGESTION_CHARS_MIN } from '../../limits.ts';
import { type App, isObject, type Json, type User } from '../../world.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { optionsIn } from './choice.ts';
import { type At, interact, type Place, placed } from './interaction.ts';

/** What a person was last offered in one menu. */
interface Suggestion {
  /** Place, block and action. */
  id: string;
  user: string;
  options: Json[];
}

export const suggestions = table<Suggestion>({
  name: 'slack.suggestions',
  key: (row) => keyOf(row.user, row.id),
});

const keyOf = (user: string, id: string): string => `${user}/${id}`;

/**
 * Asks an app for options while `user` types `value`; says whether the app has an address for it. Throws (as a
 * gesture) where the menu does not ask its app, or not for so little.
 */
export function suggest(world: World, app: App, user: User, place: Place, at: At, value: string): boolean {
  const { block, element } = at;
  if (!String(element.type).endsWith('external_select'))
    throw cannot('no_external_menu', `${String(element.action_id)} does not ask its app for options`);
  const min = Number(element.min_query_length ?? SUGGESTION_CHARS_MIN);
  if (value.length < min) throw cannot('query_too_short', `its app is asked from ${min} characters on`);
  world.remove(suggestions, keyOf(user.id, idOf(place, at)));
  return interact(world, app, 'block_suggestion', user, {
    ...placed(world, place, user, block),
    action_id: element.action_id,
    block_id: block.block_id,
    value,
  });
}

/** What a person was offered there; undefined where the app was not asked or said nothing good. */
export const offeredTo = (world: World, user: string, place: Place, at: At): readonly Json[] | undefined =>
  world.get(suggestions, keyOf(user, idOf(place, at)))?.options;

/** Keeps the options that an app answered, if they are good ones. */
export function settleSuggestion(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const given = outcome.failure || outcome.status !== 200 ? undefined : answered(outcome.body);
  const user = isObject(payload.user) ? String(payload.user.id) : '';
  if (!given) return;
  const id = `${placeIn(payload)}/${String(payload.block_id)}/${String(payload.action_id)}`;
  world.put(suggestions, { user, id, options: optionsIn(given).slice(0, SUGGESTED_OPTIONS_MAX) });
}

function answered(body: string): Json | undefined {
  const said = parsedObject(body);
  if (!said) return undefined;
  const { options, option_groups } = said;
  // An empty list is a good answer, though no menu of an app's own may be empty.
  if (Array.isArray(options) && options.length === 0) return { options };
  const menu = { type: 'static_select', ...(options ? { options } : { option_groups }) };
  return blockErrors([{ type: 'actions', elements: [menu] }]).length === 0 ? said : undefined;
}

const idOf = (place: Place, { block, element }: At): string =>
  `${'view' in place ? place.view.id : `${place.channel.id}/${place.message.ts}`}/${String(block.block_id)}/${String(element.action_id)}`;

function placeIn({ container }: Json): string {
  if (!isObject(container)) return '';
  return container.type === 'view'
    ? String(container.view_id)
    : `${String(container.channel_id)}/${String(container.message_ts)}`;
}
