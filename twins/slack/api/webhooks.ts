/** Incoming webhooks: JSON, or a form's `payload`, in; plain text out. */
import { parsedObject } from '../../../src/json.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import type { Args } from '../args.ts';
import { blocksIn, objects, text } from '../args.ts';
import { refuseHook } from '../errors.ts';
import { postByWebhook, webhookAt } from '../model/apps/webhook.ts';
import type { Draft } from '../model/messages/message.ts';

export const webhookEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'incomingWebhook',
      route: 'GET|POST /services/{team}/{service}/{secret}',
      auth: 'none',
      tier: 'PostMessage',
      traits: { plain: true },
      doc: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    },
    (call) => {
      postByWebhook(call.world, webhookAt(call.world, call.params), draftIn(call));
      return reply({ raw: true, headers: [['content-type', 'text/html']], body: 'ok' });
    },
  ),
];

/** Whatever it calls itself, the body is JSON, or a form whose `payload` is. Throws `invalid_payload`. */
function draftIn({ body }: Call): Draft {
  const fields = body.kind === 'form' || body.kind === 'multipart' ? (body.value as Args) : undefined;
  const said = fields ? text(fields, 'payload') : Buffer.from(body.bytes).toString('utf8');
  const args: Args | undefined = parsedObject(said ?? '');
  if (!args) throw refuseHook('invalid_payload');
  const thread = text(args, 'thread_ts');
  const words = text(args, 'text');
  const blocks = blocksIn(args, 'invalid_blocks');
  const attachments = objects(args, 'attachments', 'invalid_attachments');
  return {
    ...(words === undefined ? {} : { text: words }),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(thread ? { thread_ts: thread } : {}),
  };
}
