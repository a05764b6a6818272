/** `entity.*`: what apps show of work objects to who opens them. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, flag, json, objects, required, text, texts } from '../args.ts';
import { refuse } from '../errors.ts';
import { presentComments, presentDetails, type Sign } from '../model/interactivity/entity.ts';
import { both, method } from './method.ts';

const FREE = { ...both(), tier: 'Tier3' };

export const entityMethods: readonly Endpoint[] = [
  method('entity.presentDetails', { ...FREE, required: ['trigger_id'] }, ({ world, actor, args }) => {
    const metadata = json(args, 'metadata', 'invalid_metadata');
    const trigger = required(args, 'trigger_id');
    presentDetails(world, actor.app, trigger, metadata, errorIn(args), signIn(args));
    return {};
  }),
  method('entity.presentComments', { ...FREE, required: ['trigger_id', 'comments'] }, (call) => {
    const { world, actor, args } = call;
    const given = {
      comments: objects(args, 'comments', 'invalid_arguments') ?? [],
      can_post_comment: flag(args, 'can_post_comment'),
      ...texts(args, 'cursor', 'delete_action_id'),
    };
    presentComments(world, actor.app, required(args, 'trigger_id'), given, errorIn(args), signIn(args));
    return {};
  }),
  // Nobody here writes, changes or deletes comments in a flexpane, so that no trigger is one of a comment's.
  method('entity.acknowledgeCommentAction', { ...FREE, required: ['trigger_id'] }, () => {
    throw refuse('invalid_trigger_id');
  }),
];

const errorIn = (args: Args): unknown => json(args, 'error', 'invalid_arguments');

const signIn = (args: Args): Sign => ({
  required: flag(args, 'user_auth_required'),
  url: text(args, 'user_auth_url') || undefined,
});
