/** `chat.unfurl`: what an app shows of links. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, flag, json, objects, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { metadataOf } from '../model/messages/metadata.ts';
import { type Place, type Unfurling, unfurl, unfurlsIn } from '../model/messages/unfurl.ts';
import type { Json } from '../world.ts';
import { both, method } from './method.ts';

export const chatUnfurlMethods: readonly Endpoint[] = [
  method('chat.unfurl', { ...both('links:write'), tier: 'Tier3' }, ({ world, actor, args }) => {
    unfurl(world, actor, placeIn(args), whatIn(args));
    return {};
  }),
];

/** Throws `missing_channel`, `missing_ts`, `missing_unfurl_id`, `missing_source`. */
function placeIn(args: Args): Place {
  const [channel, ts, unfurlId, source] = ['channel', 'ts', 'unfurl_id', 'source'].map((name) =>
    text(args, name),
  );
  if (unfurlId || source) {
    if (!unfurlId) throw refuse('missing_unfurl_id');
    if (!source) throw refuse('missing_source');
    return { unfurlId, source };
  }
  if (!channel) throw refuse('missing_channel');
  if (!ts) throw refuse('missing_ts');
  return { channel, ts };
}

/** Throws `missing_unfurls`, `invalid_unfurls_format`, `invalid_metadata_format`. */
function whatIn(args: Args): Unfurling {
  const given = json(args, 'unfurls', 'invalid_unfurls_format');
  const { entities = [] } = metadataOf(args.metadata) ?? {};
  const prompt = promptIn(args);
  if (given === undefined && (entities as Json[]).length === 0 && !prompt) throw refuse('missing_unfurls');
  return {
    unfurls: given === undefined ? {} : unfurlsIn(given),
    entities: entities as Json[],
    ...(prompt ? { prompt } : {}),
  };
}

/** Words that ask a person to let the app in. */
function promptIn(args: Args): Unfurling['prompt'] {
  const said = text(args, 'user_auth_message');
  const url = text(args, 'user_auth_url');
  const blocks = objects(args, 'user_auth_blocks', 'cannot_parse_attachment');
  if (!said && !url && !blocks && !flag(args, 'user_auth_required')) return undefined;
  const asks = said ?? (url ? `To show a preview of this link, <${url}|connect your account>.` : '');
  return {
    text: asks || 'To show a preview of this link, connect your account.',
    ...(blocks ? { blocks } : {}),
  };
}
