/**
 * App manifests: what they must say, and the apps that they describe.
 * https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests
 */
import { scopeWords } from '../../scopeWords.ts';
import { type App, isObject, type Json, type Shortcut } from '../../world.ts';
import { scopesForEvent } from '../events/subscription.ts';
import { formErrors } from './manifestGrammar.ts';
import type { AppDraft } from './registration.ts';

/** What is wrong with a manifest; `code` where Slack has a name for it. */
export interface ManifestError {
  code?: string;
  message: string;
  pointer: string;
}

/** The parts of a manifest that rules speak of. Its form has been checked. */
interface Manifest {
  display_information: { name: string };
  features?: {
    bot_user?: Json;
    slash_commands?: { command: string; url?: string; description: string }[];
    shortcuts?: Shortcut[];
    unfurl_domains?: string[];
  };
  oauth_config?: {
    redirect_urls?: string[];
    pkce_enabled?: boolean;
    scopes?: { bot?: string[]; user?: string[]; bot_optional?: string[]; user_optional?: string[] };
  };
  settings?: {
    event_subscriptions?: { request_url?: string; bot_events?: string[]; user_events?: string[] };
    interactivity?: Interactivity;
    socket_mode_enabled?: boolean;
    token_rotation_enabled?: boolean;
  };
}

interface Interactivity {
  is_enabled: boolean;
  request_url?: string;
  message_menu_options_url?: string;
}

/** Everything that is wrong with a manifest: its form first, then what does not go together. */
export function manifestErrors(manifest: unknown): ManifestError[] {
  const wrong = formErrors(manifest);
  if (wrong.length > 0) return wrong;
  const good = manifest as Manifest;
  return [...scopeErrors(good), ...featureErrors(good), ...settingErrors(good)];
}

/** The app that a good manifest describes. */
export function appIn(given: Json): Omit<AppDraft, 'owner'> {
  const { display_information, features, oauth_config, settings } = given as unknown as Manifest;
  const events = settings?.event_subscriptions;
  const interactivity = settings?.interactivity;
  return {
    name: display_information.name,
    scopes: oauth_config?.scopes?.bot ?? [],
    user_scopes: oauth_config?.scopes?.user ?? [],
    events: {
      ...(events?.request_url ? { url: events.request_url } : {}),
      verified: false,
      subscriptions: events?.bot_events ?? [],
      ...(events?.user_events ? { user_subscriptions: events.user_events } : {}),
    },
    interactivity: interactivity?.is_enabled ? addressesIn(interactivity) : {},
    ...(features?.shortcuts ? { shortcuts: features.shortcuts } : {}),
    ...(features?.unfurl_domains ? { unfurl_domains: features.unfurl_domains } : {}),
    commands: (features?.slash_commands ?? []).map(({ command, url, description }) => ({
      command,
      description,
      ...(url ? { url } : {}),
    })),
    socket_mode: settings?.socket_mode_enabled ?? false,
    redirect_urls: oauth_config?.redirect_urls ?? [],
    token_rotation: settings?.token_rotation_enabled ?? false,
    pkce: oauth_config?.pkce_enabled ?? false,
    manifest: given,
  };
}

const addressesIn = ({ request_url: url, message_menu_options_url: options_url }: Interactivity) => ({
  ...(url ? { url } : {}),
  ...(options_url ? { options_url } : {}),
});

/** The manifest of an app: the one that it was made by with what has been set since, or one that would make it. */
export function manifestOf(app: App): Json {
  const known = app.manifest ?? {};
  const features = isObject(known.features) ? known.features : {};
  const settings = isObject(known.settings) ? known.settings : {};
  const oauth = isObject(known.oauth_config) ? known.oauth_config : {};
  const display = isObject(known.display_information) ? known.display_information : {};
  const { url, subscriptions, user_subscriptions: own = [] } = app.events;
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    ...known,
    display_information: { ...display, name: app.name },
    features: {
      ...features,
      ...(app.scopes.length > 0 && !features.bot_user
        ? { bot_user: { display_name: app.name, always_online: false } }
        : {}),
      ...(app.commands.length > 0 && !features.slash_commands
        ? { slash_commands: app.commands.map((one) => ({ should_escape: false, ...one })) }
        : {}),
    },
    oauth_config: {
      ...oauth,
      ...(app.redirect_urls?.length ? { redirect_urls: app.redirect_urls } : {}),
      scopes: {
        ...(isObject(oauth.scopes) ? oauth.scopes : {}),
        ...(app.user_scopes.length > 0 ? { user: app.user_scopes } : {}),
        ...(app.scopes.length > 0 ? { bot: app.scopes } : {}),
      },
    },
    settings: {
      ...settings,
      ...(subscriptions.length + own.length > 0
        ? {
            event_subscriptions: {
              ...(url ? { request_url: url } : {}),
              ...(own.length > 0 ? { user_events: own } : {}),
              bot_events: subscriptions,
            },
          }
        : {}),
      interactivity: {
        is_enabled: app.interactivity.url !== undefined || app.socket_mode,
        ...(app.interactivity.url ? { request_url: app.interactivity.url } : {}),
      },
      org_deploy_enabled: settings.org_deploy_enabled ?? false,
      socket_mode_enabled: app.socket_mode,
      token_rotation_enabled: app.token_rotation ?? false,
    },
  };
}

function* scopeErrors({ oauth_config, features }: Manifest): Iterable<ManifestError> {
  const { bot = [], user = [], bot_optional = [], user_optional = [] } = oauth_config?.scopes ?? {};
  for (const [kind, scopes, optional] of [
    ['bot', bot, bot_optional],
    ['user', user, user_optional],
  ] as const) {
    const pointer = `/oauth_config/scopes/${kind}`;
    const unknown = scopes.filter((scope) => scopeWords(scope) === undefined);
    if (unknown.length > 0)
      yield {
        code: `illegal_${kind}_scopes`,
        message: `Illegal ${kind} scopes found \`${unknown.join(',')}\``,
        pointer,
      };
    const extra = optional.filter((scope) => !scopes.includes(scope));
    if (extra.length > 0)
      yield {
        message: `Optional ${kind} scopes must be in the ${kind} scopes too: \`${extra.join(',')}\``,
        pointer: `${pointer}_optional`,
      };
  }
  if (bot.length > 0 && !features?.bot_user)
    yield { message: 'Bot scopes require a bot user', pointer: '/features/bot_user' };
}

function* featureErrors({ features, oauth_config, settings }: Manifest): Iterable<ManifestError> {
  const commands = features?.slash_commands ?? [];
  if (commands.length > 0 && !oauth_config?.scopes?.bot?.includes('commands'))
    yield {
      code: 'requires_commands_bot_scope',
      message: 'Slash Commands requires `commands` bot scope',
      pointer: '/features/slash_commands',
    };
  const seen = new Set<string>();
  for (const [i, { command, url }] of commands.entries()) {
    const pointer = `/features/slash_commands/${i}`;
    if (!COMMAND.test(command) || OWN_COMMANDS.has(command) || seen.has(command))
      yield { message: 'The slash command has an invalid name', pointer: `${pointer}/command` };
    if (!url && !settings?.socket_mode_enabled)
      yield {
        message: 'Slash Command requires either URL or Socket Mode Enabled',
        pointer: `${pointer}/url`,
      };
    seen.add(command);
  }
}

function* settingErrors({ settings, oauth_config }: Manifest): Iterable<ManifestError> {
  const { event_subscriptions: events, interactivity, socket_mode_enabled: linked } = settings ?? {};
  const pointer = '/settings/event_subscriptions';
  if (events && !events.request_url && !linked)
    yield { message: 'Event Subscription requires either Request URL or Socket Mode Enabled', pointer };
  const has = new Set(oauth_config?.scopes?.bot ?? []);
  for (const [i, event] of (events?.bot_events ?? []).entries()) {
    const needed = scopesForEvent(event);
    if (needed.length > 0 && !needed.some((scope) => has.has(scope)))
      yield {
        message: `Event \`${event}\` requires \`${needed.join('` or `')}\` bot scope`,
        pointer: `${pointer}/bot_events/${i}`,
      };
  }
  if (!interactivity?.is_enabled || interactivity.request_url || linked) return;
  // Slack writes it so.
  yield { message: 'Interactivty requires a Request URL', pointer: '/settings/interactivity' };
  yield { message: 'Interactivity requires Socket Mode enabled', pointer: '/settings/interactivity' };
}

const COMMAND = /^\/[a-z0-9-]+$/;
/** Slack's own. https://slack.com/help/articles/201259356 */
const OWN_COMMANDS = new Set(
  (
    '/active /apps /archive /away /call /collapse /dm /dnd /expand /feed /feedback /huddle /invite /invite_people ' +
    '/join /leave /me /msg /mute /open /prefs /remind /remove /rename /search /shortcuts /shrug /star /status ' +
    '/topic /who'
  ).split(' '),
);
