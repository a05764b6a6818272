/** `views.*`: modals and home tabs. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, json, missing, required, text } from '../args.ts';
import { invalidArguments, refuse } from '../errors.ts';
import { exchange } from '../model/interactivity/interaction.ts';
import {
  givenView,
  openModal,
  publishHome,
  theView,
  updateView,
  viewView,
} from '../model/interactivity/view.ts';
import { theUser } from '../model/people/user.ts';
import { isObject, type Json, type View, views } from '../world.ts';
import { both, method } from './method.ts';

const SPEC = { ...both(), tier: 'Tier4', required: ['view'] };

export const viewMethods: readonly Endpoint[] = [
  method('views.open', SPEC, ({ world, actor, args }) => {
    const given = givenView(world, actor, viewIn(args), 'modal');
    const trigger = exchange(world, actor.app, triggerIn(args));
    return answered(openModal(world, actor, trigger.user, given));
  }),
  method('views.push', SPEC, ({ world, actor, args }) => {
    const given = givenView(world, actor, viewIn(args), 'modal');
    const trigger = exchange(world, actor.app, triggerIn(args));
    const below = trigger.view === undefined ? undefined : world.get(views, trigger.view);
    if (below?.type !== 'modal') throw refuse('not_found');
    return answered(openModal(world, actor, trigger.user, given, below));
  }),
  method('views.update', SPEC, ({ world, actor, args }) => {
    const given = givenView(world, actor, viewIn(args));
    const view = theView(world, actor, text(args, 'view_id'), text(args, 'external_id'));
    return answered(updateView(world, actor, view, given, text(args, 'hash') || undefined));
  }),
  method('views.publish', { bot: [], tier: 'Tier4', required: ['user_id', 'view'] }, (call) => {
    const { world, actor, args } = call;
    const given = givenView(world, actor, viewIn(args), 'home');
    const user = theUser(world, required(args, 'user_id')).id;
    return answered(publishHome(world, actor, user, given, text(args, 'hash') || undefined));
  }),
];

const answered = (view: View): Json => ({ view: viewView(view) });

function viewIn(args: Args): Json {
  const view = json(args, 'view', 'invalid_arguments');
  if (!isObject(view)) throw invalidArguments(['must provide an object [json-pointer:/view]']);
  return view;
}

function triggerIn(args: Args): string {
  const trigger = text(args, 'trigger_id') || text(args, 'interactivity_pointer');
  if (!trigger) throw missing('trigger_id');
  return trigger;
}
