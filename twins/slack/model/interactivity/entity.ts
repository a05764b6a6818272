/** Work objects: things of another service that people open inside of Slack, and what their apps show there. https://docs.slack.dev/messaging/work-objects */
import { DIGITS, HEX } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type App, apps, isObject, type Json } from '../../world.ts';
import { interactivityAddress } from '../apps/app.ts';
import { tellApp } from '../events/event.ts';
import { eventTs } from '../messages/timestamp.ts';

/** What somebody asked an app to show, by the trigger that the app was told. */
interface EntityRequest {
  id: string;
  app: string;
  user: string;
  wants: 'details' | 'comments';
  external_ref: { id: string; type?: string };
  entity_url: string;
}

/** What a person is shown of an entity. */
interface Pane {
  app: string;
  user: string;
  entity: string;
  details?: Json;
  comments?: Json;
}

export const entityRequests = table<EntityRequest>({ name: 'slack.entityRequests', key: (row) => row.id });
export const entityPanes = table<Pane>({
  name: 'slack.entityPanes',
  key: (row) => `${row.app}/${row.user}/${row.entity}`,
});

/** Which entity is opened, and from where. */
export interface Opening {
  wants: EntityRequest['wants'];
  id: string;
  type?: string;
  url: string;
  channel?: string;
  message_ts?: string;
}

/** Asks an app to show an entity to somebody. */
export function requestEntity(world: World, app: App, user: string, opening: Opening): EntityRequest {
  const drawn = world.draw('slack.entityTrigger');
  const external_ref = { id: opening.id, ...(opening.type ? { type: opening.type } : {}) };
  const request = world.insert(entityRequests, {
    id: `${drawn.chars(DIGITS, 13)}.${drawn.chars(DIGITS, 12)}.${drawn.chars(HEX, 32)}`,
    app: app.id,
    user,
    wants: opening.wants,
    external_ref,
    entity_url: opening.url,
  });
  tellApp(world, app, {
    type: `entity_${opening.wants}_requested`,
    user,
    external_ref,
    entity_url: opening.url,
    link: { url: opening.url, domain: URL.canParse(opening.url) ? new URL(opening.url).host : '' },
    app_unfurl_url: opening.url,
    event_ts: eventTs(world),
    trigger_id: request.id,
    user_locale: 'en-US',
    ...(opening.channel ? { channel: opening.channel } : {}),
    ...(opening.message_ts ? { message_ts: opening.message_ts } : {}),
  });
  return request;
}

/** What an app says of the person's sign-in. */
export interface Sign {
  required: boolean;
  url: string | undefined;
}

/**
 * Shows details of an entity to who opened it. Throws `invalid_trigger_id`, `user_auth_url_missing`, `invalid_metadata`,
 * `entity_metadata_does_not_match_trigger`, `missing_interactivity_url`.
 */
export function presentDetails(
  world: World,
  app: string,
  trigger: string,
  metadata: unknown,
  error: unknown,
  sign: Sign,
): void {
  const request = theRequest(world, app, trigger, 'details');
  requireSign(sign);
  if (metadata !== undefined) checkMetadata(world, request, metadata);
  else if (!sign.required && error === undefined) throw refuse('invalid_metadata');
  const details = { ...(metadata === undefined ? {} : { metadata }), ...told(error, sign) };
  show(world, request, { details });
}

/** Shows comments on an entity. Throws `invalid_trigger_id`, `user_auth_url_missing`, `missing_delete_action_id`. */
export function presentComments(
  world: World,
  app: string,
  trigger: string,
  given: { comments: readonly Json[]; cursor?: string; can_post_comment: boolean; delete_action_id?: string },
  error: unknown,
  sign: Sign,
): void {
  const request = theRequest(world, app, trigger, 'comments');
  requireSign(sign);
  if (!given.delete_action_id && given.comments.some((one) => one.can_delete === true))
    throw refuse('missing_delete_action_id');
  show(world, request, { comments: { ...given, ...told(error, sign) } });
}

const told = (error: unknown, { required, url }: Sign): Json => ({
  ...(error === undefined ? {} : { error }),
  ...(required ? { user_auth_required: true, user_auth_url: url } : {}),
});

function theRequest(
  world: World,
  app: string,
  trigger: string,
  wants: EntityRequest['wants'],
): EntityRequest {
  const request = world.get(entityRequests, trigger);
  if (request?.app !== app || request.wants !== wants) throw refuse('invalid_trigger_id');
  return request;
}

function requireSign({ required, url }: Sign): void {
  if (required && !url) throw refuse('user_auth_url_missing');
}

function checkMetadata(world: World, request: EntityRequest, metadata: unknown): void {
  if (!isObject(metadata)) throw refuse('invalid_metadata');
  const { entity_type, url, external_ref, entity_payload } = metadata;
  if (typeof entity_type !== 'string' || typeof url !== 'string') throw refuse('invalid_metadata');
  if (!isObject(external_ref) || !isObject(entity_payload)) throw refuse('invalid_metadata');
  if (external_ref.id !== request.external_ref.id) throw refuse('entity_metadata_does_not_match_trigger');
  const app = world.get(apps, request.app);
  if (entity_payload.actions !== undefined && !(app && interactivityAddress(app)))
    throw refuse('missing_interactivity_url');
}

function show(
  world: World,
  { app, user, external_ref }: EntityRequest,
  what: Pick<Pane, 'details' | 'comments'>,
): void {
  const known = world.get(entityPanes, `${app}/${user}/${external_ref.id}`);
  world.put(entityPanes, { ...known, app, user, entity: external_ref.id, ...what });
}
