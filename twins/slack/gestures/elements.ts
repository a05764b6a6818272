/** What people do with what apps show them: press, pick, fill in, send off. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { interactive } from '../model/blocks/prepare.ts';
import { theFile } from '../model/files/file.ts';
import { fileView } from '../model/files/fileView.ts';
import { hungAt, pressHung } from '../model/interactivity/attachmentAction.ts';
import { type Finder, filledBy, isKept, optionOf } from '../model/interactivity/choice.ts';
import {
  type At,
  actOn,
  attachmentOf,
  blocksAt,
  fill,
  type Place,
} from '../model/interactivity/interaction.ts';
import { dismiss, type Given, submit } from '../model/interactivity/submission.ts';
import { offeredTo, suggest } from '../model/interactivity/suggestion.ts';
import { viewView } from '../model/interactivity/view.ts';
import { richText } from '../model/messages/richtext.ts';
import { type App, apps, isObject, type Json, type User, users, type View, views } from '../world.ts';
import {
  type MessageName,
  memberCalled,
  messageSeen,
  ownToken,
  personCalled,
  placeCalled,
} from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const view = { type: ['string', 'object'] } as const;
const message = { type: 'object', properties: { channel: name, ts: name }, required: ['channel', 'ts'] };
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const somewhere = { anyOf: [{ required: ['message'] }, { required: ['view'] }] };
const element = object({ action: name, block: name, value: {} }, ['action']);

interface Named {
  action: string;
  block?: string;
  value?: unknown;
}
type Somewhere = { message: MessageName; view?: never } | { message?: never; view: string | { id: string } };

export const elementGestures: Readonly<Record<string, Gesture>> = {
  click: {
    says:
      'Uses an element of a message or a view: presses a button, or fills in or picks `value` (option values, people ' +
      'by e-mail, conversations by name, dates, text; a list where there may be several).',
    input: {
      ...object({ message, view, button: element, element }),
      allOf: [somewhere, { anyOf: [{ required: ['button'] }, { required: ['element'] }] }],
    },
    perform: (world, as, given: Somewhere & { button?: Named; element?: Named }) =>
      use(world, personCalled(world, as), given, (given.element ?? given.button) as Named),
  },
  suggest: {
    says: 'Types into a menu whose options its app gives; what it gives can be picked by `click` or `submit`.',
    input: {
      ...object(
        {
          message,
          view,
          element: object({ action: name, block: name }, ['action']),
          value: { type: 'string' },
        },
        ['element'],
      ),
      ...somewhere,
    },
    perform: (world, as, given: Somewhere & { element: Named; value?: string }) => {
      const person = personCalled(world, as);
      const place = placeOf(world, person, given);
      const at = elementAt(place, given.element);
      const app = ownerOf(world, place, at.block);
      const delivered = suggest(world, app, person, place, at, given.value ?? '');
      return { app: app.id, action: given.element.action, delivered };
    },
  },
  submit: {
    says: 'Fills a modal in (values by action id, or by block and action id) and sends it off.',
    input: object({ view, values: { type: 'object' } }, ['view']),
    perform: (world, as, { view: given, values = {} }: { view: string | { id: string }; values?: Given }) => {
      const person = personCalled(world, as);
      const shown = viewSeen(world, person, given);
      return { view: viewView(submit(world, person, shown, values, finder(world, person, { view: shown }))) };
    },
  },
  closeView: {
    says: 'Closes a modal without sending it off; `all`: every modal that lies there.',
    input: object({ view, all: { type: 'boolean' } }, ['view']),
    perform: (world, as, { view: given, all = false }: { view: string | { id: string }; all?: boolean }) => {
      const person = personCalled(world, as);
      const shown = viewSeen(world, person, given);
      dismiss(world, person, shown, all || shown.clear_on_close);
      return {};
    },
  },
};

/** Uses an element: what it keeps is kept, and its app hears of it, of inputs only where it asked to. */
function use(world: World, person: User, given: Somewhere, named: Named): unknown {
  let place = placeOf(world, person, given);
  const hung = 'view' in place ? undefined : hungAt(place, named.action, named.value);
  if (hung && !('view' in place)) {
    const app = ownerOf(world, place);
    const delivered = pressHung(world, app, person, place, hung, named.value);
    return { app: app.id, action: named.action, delivered };
  }
  const at = elementAt(place, named);
  const { block, element } = at;
  const app = ownerOf(world, place, block);
  let action: Json;
  if (isKept(element)) {
    const state = filledBy(finder(world, person, place), block, element, named.value);
    place = fill(world, place, person.id, at, state);
    action = { ...shown(element), ...state };
  } else action = pressed(element, named.value);
  const silent = block.type === 'input' && block.dispatch_action !== true;
  const delivered = !silent && actOn(world, app, person, place, block, action);
  return { app: app.id, action: named.action, delivered };
}

/** What an element that keeps nothing says of itself when it was used. */
function pressed(element: Json, value: unknown): Json {
  const { type, action_id, text, value: own, style, url } = element;
  if (type === 'overflow') return { ...shown(element), selected_option: optionOf(element, value), type };
  if (type === 'feedback_buttons') {
    const sides = [element.positive_button, element.negative_button].filter(isObject);
    const side = sides.find((one) => value === undefined || one.value === value) as Json;
    return { type, action_id, text: side.text, value: side.value };
  }
  return {
    action_id,
    ...(text === undefined ? {} : { text }),
    ...(own === undefined ? {} : { value: own }),
    ...(style ? { style } : {}),
    ...(url ? { url } : {}),
    ...(element.confirm ? { confirm: element.confirm } : {}),
    type,
  };
}

/** What the app wrote of an element, as far as payloads repeat it. */
const shown = (element: Json): Json =>
  Object.fromEntries(
    Object.entries(element).filter(([key]) =>
      /^(action_id|placeholder|confirm|min_query_length|initial_.*)$/.test(key),
    ),
  );

function elementAt(place: Place, { action, block, value }: Named): At {
  const all = interactive(blocksAt(place));
  const called = all.filter(
    (at) => at.element.action_id === action && (block === undefined || at.block.block_id === block),
  );
  const found = called.find(({ element }) => value === undefined || !carriesOther(element, value));
  if (found) return found;
  const others = all.map(({ element }) => element.action_id).join(', ') || 'none';
  const which = value === undefined ? '' : ` with the value ${String(value)}`;
  throw cannot('no_such_button', `there is no ${action}${which} to press; there are: ${others}`);
}

/** Does a button carry another value? */
function carriesOther(element: Json, value: unknown): boolean {
  if (element.type === 'button') return element.value !== value;
  if (element.type !== 'feedback_buttons') return false;
  return ![element.positive_button, element.negative_button].some(
    (one) => isObject(one) && one.value === value,
  );
}

function placeOf(world: World, person: User, given: Somewhere): Place {
  return given.message
    ? messageSeen(world, person, given.message)
    : { view: viewSeen(world, person, given.view as string | { id: string }) };
}

/** Whose element it is: of a preview of a link, not the message's. */
function ownerOf(world: World, place: Place, block?: Json): App {
  const hung = block && !('view' in place) ? attachmentOf(place, block)?.app_id : undefined;
  const app = world.get(apps, String(hung ?? ('view' in place ? place.view : place.message).app_id));
  if (!app) throw cannot('no_app', 'no app stands behind this message');
  return app;
}

function viewSeen(world: World, person: User, given: string | { id: string }): View {
  const id = isObject(given) ? String(given.id) : String(given);
  const known = world.get(views, id);
  if (!known || known.user !== person.id)
    throw cannot('view_not_found', `${person.real_name} has no view ${id} on the screen`);
  return known;
}

/** People and places as this person means them, and what apps offered there. */
const finder = (world: World, person: User, place: Place): Finder => ({
  user: (text) => {
    const id = world.get(users, text)?.id ?? memberCalled(world, text);
    if (id === undefined) throw cannot('user_not_found', `nobody here is called ${text}`);
    return id;
  },
  place: (text) => placeCalled(world, person, text).id,
  file: (id) => fileView(world, theFile(world, ownToken(person), id)),
  offered: (block, element) => offeredTo(world, person.id, place, { block, element }),
  rich: (text) => richText(text, ''),
});
