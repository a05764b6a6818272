/** The form of an app manifest. https://docs.slack.dev/reference/app-manifest */
import { errorsOf, type Rule } from '../blocks/check.ts';
import { ANY, among, BOOLEAN, list, text, url } from '../blocks/objects.ts';

const object = (fields: Extract<Rule, { kind: 'object' }>['fields']): Rule => ({ kind: 'object', fields });
const form = (pattern: RegExp, max: number): Rule => ({ kind: 'string', min: 1, max, pattern });
const SCOPES = list(text(255, 1), 0, 255);
const EVENTS = list(text(255, 1), 0, 100);
const PROMPTS = list(object({ 'title!': text(undefined, 1), 'message!': text(undefined, 1) }), 0, 4);

const FEATURES = object({
  agent_view: object({
    agent_description: text(300),
    suggested_prompts: PROMPTS,
    actions: list(object({ 'name!': text(undefined, 1), 'description!': text(undefined, 1) }), 0),
  }),
  app_home: object({
    home_tab_enabled: BOOLEAN,
    messages_tab_enabled: BOOLEAN,
    messages_tab_read_only_enabled: BOOLEAN,
  }),
  assistant_view: object({ 'assistant_description!': text(300), suggested_prompts: PROMPTS }),
  bot_user: object({ 'display_name!': form(/^[\w\-. ’'&]+$/u, 80), always_online: BOOLEAN }),
  shortcuts: list(
    object({
      'type!': among('global', 'message'),
      'name!': text(24, 1),
      'callback_id!': text(255, 1),
      'description!': text(150, 1),
    }),
    1,
    10,
  ),
  slash_commands: list(
    object({
      'command!': text(32, 1),
      'description!': text(2_000, 1),
      should_escape: BOOLEAN,
      url: url(3_000),
      usage_hint: text(1_000),
    }),
    1,
    50,
  ),
  rich_previews: ANY,
  search: ANY,
  unfurl_domains: list(text(255, 1), 1, 5),
  workflow_steps: list(object({ 'name!': text(50, 1), 'callback_id!': text(50, 1) }), 1, 10),
});

const OAUTH = object({
  redirect_urls: list(url(3_000), 0, 1_000),
  scopes: object({ bot: SCOPES, user: SCOPES, bot_optional: SCOPES, user_optional: SCOPES }),
  pkce_enabled: BOOLEAN,
  token_management_enabled: BOOLEAN,
});

const SETTINGS = object({
  allowed_ip_address_ranges: list(text(64, 1), 1, 10),
  event_subscriptions: object({
    request_url: url(3_000),
    bot_events: EVENTS,
    user_events: EVENTS,
    metadata_subscriptions: list(object({ 'app_id!': text(20, 1), 'event_type!': text(255, 1) }), 1, 20),
  }),
  incoming_webhooks: object({ incoming_webhooks_enabled: BOOLEAN }),
  interactivity: object({
    'is_enabled!': BOOLEAN,
    request_url: url(3_000),
    message_menu_options_url: url(3_000),
  }),
  org_deploy_enabled: BOOLEAN,
  socket_mode_enabled: BOOLEAN,
  token_rotation_enabled: BOOLEAN,
  is_hosted: BOOLEAN,
  function_runtime: among('remote', 'slack', 'local'),
  hermes_app_type: text(255),
  siws_links: ANY,
  is_mcp_enabled: BOOLEAN,
});

const PARAMETERS = object({ properties: { kind: 'map', of: ANY, max: 50 }, required: list(text(), 0) });

const DATASTORES: Rule = {
  kind: 'map',
  max: 10,
  of: object({
    'primary_key!': text(255, 1),
    'attributes!': {
      kind: 'map',
      max: 255,
      of: object({ 'type!': text(255, 1), items: ANY, properties: ANY, required: ANY }),
    },
    time_to_live_attribute: text(255, 1),
  }),
};

const MANIFEST = object({
  $schema: ANY,
  _metadata: object({
    major_version: { kind: 'integer', min: 1, max: 2 },
    minor_version: { kind: 'integer', min: 0 },
    schema_version: { kind: 'integer', min: 1 },
  }),
  'display_information!': object({
    'name!': text(35, 1),
    description: text(140),
    long_description: text(4_000),
    background_color: form(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i, 7),
  }),
  features: FEATURES,
  oauth_config: OAUTH,
  settings: SETTINGS,
  functions: {
    kind: 'map',
    max: 100,
    of: object({
      'title!': text(255, 1),
      description: text(),
      source_file: text(),
      input_parameters: PARAMETERS,
      output_parameters: PARAMETERS,
    }),
  },
  workflows: { kind: 'map', max: 100, of: ANY },
  datastores: DATASTORES,
  events: { kind: 'map', max: 100, of: ANY },
  types: { kind: 'map', max: 100, of: ANY },
  external_auth_providers: ANY,
  outgoing_domains: list(text(255, 1), 0, 10),
  mcp_servers: ANY,
});

/** What is wrong with a manifest's form, each with the place that it is about. */
export const formErrors = (manifest: unknown): { message: string; pointer: string }[] =>
  errorsOf(manifest, MANIFEST, '').map((error) => {
    const [, message = error, pointer = ''] = /^(.*) \[json-pointer:(.*)\]$/s.exec(error) ?? [];
    return { message, pointer: pointer || '/' };
  });
