/** `calls.*`. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, integer, objects, required, texts } from '../args.ts';
import { refuse } from '../errors.ts';
import {
  addCall,
  type CallDraft,
  callView,
  changeParticipants,
  endCall,
  type SlackCall,
  theCall,
  updateCall,
} from '../model/interactivity/call.ts';
import { both, type MethodCall, method } from './method.ts';

const writing = { ...both('calls:write'), tier: 'Tier3' };
const reading = { ...both('calls:read'), tier: 'Tier3' };

export const callMethods: readonly Endpoint[] = [
  method('calls.add', { ...writing, required: ['external_unique_id', 'join_url'] }, (call) => {
    const people = objects(call.args, 'users', 'invalid_arguments') ?? [];
    return { call: callView(addCall(call.world, call.actor, draftIn(call.args), people)) };
  }),
  method('calls.info', { ...reading, required: ['id'] }, (call) => ({ call: callView(named(call)) })),
  method('calls.update', { ...writing, required: ['id'] }, (call) => {
    const to = texts(call.args, 'title', 'join_url', 'desktop_app_join_url');
    return { call: callView(updateCall(call.world, named(call), to)) };
  }),
  method('calls.end', { ...writing, required: ['id'] }, (call) => {
    endCall(call.world, named(call), integer(call.args, 'duration'));
    return { call: callView(named(call)) };
  }),
  ...(['add', 'remove'] as const).map((what) =>
    method(`calls.participants.${what}`, { ...writing, required: ['id', 'users'] }, (call) => {
      const people = objects(call.args, 'users', 'invalid_arguments') ?? [];
      changeParticipants(call.world, named(call), people, what);
      return { call: callView(named(call)) };
    }),
  ),
];

const named = ({ world, actor, args }: MethodCall): SlackCall => theCall(world, actor, required(args, 'id'));

function draftIn(args: Args): CallDraft {
  const date_start = integer(args, 'date_start');
  if (date_start !== undefined && date_start <= 0) throw refuse('invalid_start_time');
  return {
    external_unique_id: required(args, 'external_unique_id'),
    join_url: required(args, 'join_url'),
    ...texts(args, 'external_display_id', 'desktop_app_join_url', 'title', 'created_by'),
    ...(date_start === undefined ? {} : { date_start }),
  };
}
