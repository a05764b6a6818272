/** New members of the workspace: people, bots' users, and Slackbot, who was always there. */
import { HEX, shaped, UPPER36 } from '../../../src/ids.ts';
import type { Person } from '../../../src/world/cast.ts';
import type { World } from '../../../src/world/world.ts';
import { type Profile, SLACKBOT, type Team, type User, users } from '../world.ts';
import { seconds } from './timestamp.ts';

const COLORS = ['9f69e7', '4bbe2e', 'e7392d', '3c989f', '674b1b', 'e96699', 'e0a729', '684b6c', '5b89d5'];
const PACIFIC = { tz: 'America/Los_Angeles', tz_label: 'Pacific Standard Time', tz_offset: -28_800 };

/** A person of the cast; the first one owns the workspace. */
export function newPerson(world: World, team: Team, person: Person, first: boolean): User {
  const id = shaped(world.drawFor('slack.user', person.email.toLowerCase()), 'U0', 9, UPPER36);
  const hash = world.drawFor('slack.avatar', id).chars(HEX, 12);
  const image = (size: number | 'original') =>
    `https://avatars.slack-edge.com/2024-01-15/${hash}_${size}.png`;
  const profile: Profile = {
    ...names(person.name, '', person.firstName, person.lastName),
    title: person.title ?? '',
    avatar_hash: hash,
    image_original: image('original'),
    is_custom_image: true,
    email: person.email,
    ...sizes(image),
    image_1024: image(1024),
    team: team.id,
  };
  return {
    ...member(team, id, handleFor(world, person.email.split('@')[0] ?? ''), person.name),
    color: world.drawFor('slack.color', id).pick(COLORS),
    profile,
    is_admin: first,
    is_owner: first,
    is_primary_owner: first,
    has_2fa: false,
    updated: seconds(world),
    is_email_confirmed: true,
  };
}

/** The user that an app's bot acts as. */
export function newBotUser(
  world: World,
  team: Team,
  init: { id: string; bot: string; app: string; name: string },
): User {
  const hash = world.drawFor('slack.avatar', init.id).chars(HEX, 12);
  const image = (size: number | 'original') =>
    `https://avatars.slack-edge.com/2024-01-15/${hash}_${size}.png`;
  const [first = '', ...rest] = init.name.split(' ');
  const handle = handleFor(world, init.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_'));
  return {
    ...member(team, init.id, handle, init.name),
    profile: {
      ...names(init.name, '', first, rest.join(' ')),
      title: '',
      avatar_hash: hash,
      image_original: image('original'),
      is_custom_image: true,
      ...sizes(image),
      image_1024: image(1024),
      team: team.id,
      api_app_id: init.app,
      bot_id: init.bot,
      always_active: true,
    },
    is_bot: true,
    updated: seconds(world),
  };
}

/** Slack's own helper. */
export function slackbot(team: Team): User {
  const image = (size: number | 'original') => `https://a.slack-edge.com/80588/img/slackbot_${size}.png`;
  return {
    ...member(team, SLACKBOT, 'slackbot', 'Slackbot'),
    color: '757575',
    profile: {
      ...names('Slackbot', 'Slackbot', 'slackbot', ''),
      fields: {},
      title: '',
      avatar_hash: 'sv41d8cd98f0',
      always_active: true,
      ...sizes(image),
      team: team.id,
    },
    updated: 0,
  };
}

function member(team: Team, id: string, name: string, realName: string): Omit<User, 'profile'> {
  return {
    id,
    team_id: team.id,
    name,
    deleted: false,
    color: '9f69e7',
    real_name: realName,
    ...PACIFIC,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    updated: 0,
    is_email_confirmed: false,
    who_can_share_contact_card: 'EVERYONE',
  };
}

/** The texts of a profile. */
function names(real: string, display: string, first: string, last: string) {
  return {
    phone: '',
    skype: '',
    real_name: real,
    real_name_normalized: real.normalize('NFKD').replace(/\p{M}/gu, ''),
    display_name: display,
    display_name_normalized: display,
    fields: null,
    status_text: '',
    status_emoji: '',
    status_emoji_display_info: [],
    status_expiration: 0,
    first_name: first,
    last_name: last,
    status_text_canonical: '',
  };
}

function sizes(image: (size: number) => string) {
  return {
    image_24: image(24),
    image_32: image(32),
    image_48: image(48),
    image_72: image(72),
    image_192: image(192),
    image_512: image(512),
  };
}

/** A handle that nobody has, after a wish. */
function handleFor(world: World, wish: string): string {
  const taken = (name: string) => world.list(users, { index: 'name', equals: name }).first() !== undefined;
  if (!taken(wish)) return wish;
  for (let n = 2; ; n++) if (!taken(`${wish}${n}`)) return `${wish}${n}`;
}
