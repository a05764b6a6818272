/** Classic dialogs: forms that apps open by a trigger. https://docs.slack.dev/legacy/legacy-dialogs */

import { DIGITS } from '../../../../src/ids.ts';
import { parsedObject } from '../../../../src/json.ts';
import { table } from '../../../../src/table.ts';
import type { DeliveryOutcome } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { cannot, refuse } from '../../errors.ts';
import { type App, channels, isObject, type Json, type Token, triggers, type User } from '../../world.ts';
import { appOf, interactivityAddress } from '../apps/app.ts';
import { directConversation } from '../channels/conversation.ts';
import { eventTs } from '../messages/timestamp.ts';
import { dialogErrors } from './dialogGrammar.ts';
import { channelName, interact, newResponseUrl } from './interaction.ts';

/** A dialog on somebody's screen. */
export interface Dialog {
  id: string;
  app: string;
  user: string;
  /** Where it was asked for. */
  channel: string;
  given: Json;
  /** When it was last sent off, as the payload said it. */
  sent?: string;
  /** What the app answered to the last submission, by element. */
  errors?: Record<string, string>;
}

export const dialogs = table<Dialog>({
  name: 'slack.dialogs',
  key: (row) => row.id,
  indexes: { user: (row) => row.user, sent: (row) => row.sent },
});

/**
 * Opens a dialog for whoever caused a trigger. Throws `app_missing_action_url`, `validation_errors` with what is
 * wrong, `invalid_trigger`, `trigger_exchanged`, `trigger_expired`.
 */
export function openDialog(world: World, actor: Token, triggerId: string, given: Json): Dialog {
  const app = appOf(world, actor);
  if (!interactivityAddress(app)) throw refuse('app_missing_action_url');
  const messages = dialogErrors(given);
  if (messages.length > 0) throw refuse('validation_errors', { response_metadata: { messages } });
  const trigger = world.get(triggers, triggerId);
  if (!trigger || trigger.app !== app.id) throw refuse('invalid_trigger');
  if (trigger.used) throw refuse('trigger_exchanged');
  if (world.now() > trigger.expires_at) throw refuse('trigger_expired');
  world.update(triggers, triggerId, { used: true });
  const channel =
    trigger.channel ?? directConversation(world, [trigger.user, app.bot_user || trigger.user]).channel.id;
  const id = world.draw('slack.dialog').chars(DIGITS, 12);
  return world.insert(dialogs, { id, app: app.id, user: trigger.user, channel, given });
}

/** Sends a dialog off. Throws (as a gesture) where an element would not take what was filled in. */
export function submitDialog(world: World, app: App, user: User, dialog: Dialog, values: Json): void {
  const submission = filledIn(dialog, values);
  const { errors: _, ...clean } = dialog;
  const sent = tellDialog(world, app, user, dialog, 'dialog_submission', { submission });
  world.update(dialogs, dialog.id, () => ({ ...clean, sent }));
}

/** Closes one without sending it off; apps hear of it that asked to. */
export function cancelDialog(world: World, app: App, user: User, dialog: Dialog): void {
  if (dialog.given.notify_on_cancel === true) tellDialog(world, app, user, dialog, 'dialog_cancellation', {});
  world.remove(dialogs, dialog.id);
}

/** Does what the app answered to a submission: errors keep the dialog open. */
export function settleDialog(world: World, payload: Json, outcome: DeliveryOutcome): void {
  const dialog = world.list(dialogs, { index: 'sent', equals: String(payload.action_ts) }).first();
  if (!dialog) return;
  const failure = outcome.failure ?? (outcome.status === 200 ? undefined : `http_${outcome.status}`);
  const errors = failure === undefined ? errorsIn(outcome.body) : { '': failure };
  if (errors) world.update(dialogs, dialog.id, { errors });
  else world.remove(dialogs, dialog.id);
}

/** Sends what was done with a dialog to its app; gives the moment by which the payload is known. */
function tellDialog(world: World, app: App, user: User, dialog: Dialog, type: string, more: Json): string {
  const channel = world.require(channels, dialog.channel, () => cannot('no_channel', 'its channel is gone'));
  const { callback_id, state = '' } = dialog.given;
  const action_ts = eventTs(world);
  interact(world, app, type, user, {
    callback_id,
    ...more,
    state,
    channel: channelName(channel),
    action_ts,
    response_url: newResponseUrl(world, app, user, { channel, ephemeral: false }),
  });
  return action_ts;
}

/** Every element with what was filled in, else its first value; null where there is nothing. */
function filledIn({ given }: Dialog, values: Json): Json {
  const elements = given.elements as Json[];
  return Object.fromEntries(
    elements.map((element) => {
      const { name, value: initial, optional, label } = element;
      const value = values[String(name)] ?? initial ?? null;
      if (value === null && optional !== true)
        throw cannot('input_required', `${String(label)} (${String(name)}) must be filled in`);
      const wrong = value === null ? undefined : refused(element, String(value));
      if (wrong) throw cannot('input_refused', `${String(label)} (${String(name)}) ${wrong}`);
      return [String(name), value];
    }),
  );
}

function refused({ type, options, min_length, max_length }: Json, value: string): string | undefined {
  if (type === 'select' && Array.isArray(options))
    return options.some((one: Json) => one.value === value) ? undefined : `does not offer ${value}`;
  if (typeof min_length === 'number' && value.length < min_length) return 'is too short';
  return typeof max_length === 'number' && value.length > max_length ? 'is too long' : undefined;
}

function errorsIn(body: string): Record<string, string> | undefined {
  // An app may answer anything; what is no JSON says nothing.
  const errors = parsedObject(body)?.errors;
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  return Object.fromEntries(errors.filter(isObject).map(({ name, error }) => [String(name), String(error)]));
}
