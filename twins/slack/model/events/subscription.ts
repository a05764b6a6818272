/** What apps may subscribe to: which scope an event takes, and whose affair it is. https://docs.slack.dev/reference/events */
import type { ChannelType } from '../../world.ts';

/** Which scope an event takes, any of several; what is not here takes none. */
const EVENT_SCOPES: readonly [RegExp, readonly string[]][] = [
  [/^app_mention$/, ['app_mentions:read']],
  [/^(app_context_changed|assistant_thread_)/, ['assistant:write']],
  [/^agent_session_/, ['chat:write']],
  [/^message\.channels$/, ['channels:history']],
  [/^message\.groups$/, ['groups:history']],
  [/^message\.im$/, ['im:history']],
  [/^message\.mpim$/, ['mpim:history']],
  [/^message_metadata_/, ['metadata.message:read']],
  [/^reaction_/, ['reactions:read']],
  [/^member_joined_channel$/, ['channels:read', 'groups:read', 'mpim:read']],
  [/^(member_left_channel|channel_(un)?shared)$/, ['channels:read', 'groups:read']],
  [/^channel_history_changed$/, ['channels:history']],
  [/^channel_(archive|created|deleted|left|rename|unarchive|id_changed)$/, ['channels:read']],
  [/^group_history_changed$/, ['groups:history']],
  [/^group_/, ['groups:read']],
  [/^im_history_changed$/, ['im:history']],
  [/^im_/, ['im:read']],
  [/^file_/, ['files:read']],
  [/^pin_/, ['pins:read']],
  [/^star_/, ['stars:read']],
  [/^(team_join|user_change|user_huddle_changed)$/, ['users:read']],
  [/^(user_profile_changed|user_status_changed)$/, ['users:read', 'users.profile:read']],
  [/^emoji_changed$/, ['emoji:read']],
  [/^link_shared$/, ['links:read']],
  [/^subteam_/, ['usergroups:read']],
  [/^dnd_updated/, ['dnd:read']],
  [/^(team_rename|team_domain_change|email_domain_changed)$/, ['team:read']],
  [/^invite_requested$/, ['admin.invites:read']],
];

/** Events that Slack offers to no bot. */
const NOT_FOR_BOTS = new Set(['dnd_updated', 'group_close', 'group_open']);
/** Events of one user's own screens: they are heard on behalf of that user alone. */
const PERSONAL = new Set([...NOT_FOR_BOTS, 'im_close', 'im_open', 'star_added', 'star_removed']);

const KIND_OF_SCOPE: Readonly<Record<ChannelType, string>> = {
  public_channel: 'channels:',
  private_channel: 'groups:',
  im: 'im:',
  mpim: 'mpim:',
};

/** The scopes any of which lets an app hear of an event; where they differ by kind of conversation, that of `kind`. */
export function scopesForEvent(event: string, kind?: ChannelType): readonly string[] {
  const several = EVENT_SCOPES.find(([form]) => form.test(event))?.[1] ?? [];
  if (several.length < 2 || kind === undefined) return several;
  const own = several.filter((scope) => scope.startsWith(KIND_OF_SCOPE[kind]));
  return own.length > 0 ? own : several;
}

/** Is it heard on behalf of the user alone whose affair it is? */
export const isPersonal = (event: string): boolean => PERSONAL.has(event);

/** May a bot hear of it? */
export const isForBots = (event: string): boolean => !NOT_FOR_BOTS.has(event);

/** What the settings of an app add to its scopes when it subscribes: all that an event may take, where it has none. */
export function withScopesFor(scopes: readonly string[], subscriptions: readonly string[]): string[] {
  const missing = subscriptions
    .map((event) => scopesForEvent(event))
    .filter((several) => !several.some((scope) => scopes.includes(scope)));
  return [...new Set([...scopes, ...missing.flat()])];
}
