/** Addresses that apps get with an interaction, to answer it. */

import { type Endpoint, endpoint } from '../../../src/twin.ts';
import { type Args, blocksIn, flag, json, objects, text } from '../args.ts';
import { type Response, respond } from '../model/interactivity/response.ts';
import { isObject } from '../world.ts';

export const responseEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'respond',
      route: 'POST /actions/{team}/{number}/{secret}',
      auth: 'none',
      doc: 'https://docs.slack.dev/interactivity/handling-user-interaction#message_responses',
    },
    ({ world, params, input }) => {
      respond(world, `${params.team}/${params.number}/${params.secret}`, responseIn(input as Args));
      return {};
    },
  ),
];

/** Apps send the fields as JSON, or as JSON in a form's `payload`. */
function responseIn(given: Args): Response {
  const payload = json(given, 'payload', 'invalid_payload');
  const args = isObject(payload) ? payload : given;
  const said = text(args, 'text');
  const blocks = blocksIn(args, 'invalid_blocks');
  const attachments = objects(args, 'attachments', 'invalid_attachments');
  const type = text(args, 'response_type');
  const thread = text(args, 'thread_ts');
  return {
    ...(said === undefined ? {} : { text: said }),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(type === undefined ? {} : { response_type: type }),
    ...(args.replace_original === undefined ? {} : { replace_original: flag(args, 'replace_original') }),
    ...(args.delete_original === undefined ? {} : { delete_original: flag(args, 'delete_original') }),
    ...(thread ? { thread_ts: thread } : {}),
  };
}
