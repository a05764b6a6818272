/** New members of the workspace: people, bots' users, and Slackbot, who was always there. */
import { HEX, shaped, UPPER36 } from '../../../../src/ids.ts';
import type { Person } from '../../../../src/world/cast.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Profile, SLACKBOT, type Team, type User, users } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { customPhoto, sizes } from './photo.ts';
import { PACIFIC } from './zone.ts';

/** In the order in which Slack gives them to those who join. */
const COLORS =
  '9f69e7 4bbe2e e7392d 3c989f 674b1b e96699 e0a729 684b6c 5b89d5 2b6836 99a949 df3dc0 4cc091 9b3b45 d58247 bb86b7 ' +
  '5a4592 db3150 235e5b 9e3997 53b759 c386df 385a86 a63024 5870dd ea2977 50a0cf d55aef d1707d 43761b e06b56 8f4a2b ' +
  '902d59 de5f24 a2a5dc 827327 3c8c69 8d4b84 84b22f 4ec0d6 e23f99 e475df 619a4f a72f79 7d414c aba727 965d1b 4d5e26 ' +
  'dd8527 bd9336 e85d72 dc7dbb bc3663 9d8eee 8469bc 73769d b14cbc';

/** The heads of ids of today, from about `07…` on in base 36; five drawn characters follow. */
const FIRST_HEAD = 7 * 36 ** 3;
const HEAD_STEP = 7;

/** A person of the cast; the first one owns the workspace. */
export function newPerson(world: World, team: Team, person: Person, first: boolean): User {
  const { id, color } = arrival(world, person.email.toLowerCase());
  const hash = world.drawFor('slack.avatar', id).chars(HEX, 12);
  const profile: Profile = {
    ...names(person.name, '', person.firstName, person.lastName),
    title: person.title ?? '',
    email: person.email,
    ...customPhoto(hash),
    team: team.id,
  };
  return {
    ...member(team, id, handleFor(world, person.email.split('@')[0] ?? ''), person.name),
    color,
    profile,
    is_admin: first,
    is_owner: first,
    is_primary_owner: first,
    has_2fa: false,
    updated: seconds(world),
    is_email_confirmed: true,
  };
}

/** The user that an app's bot acts as; `online`: it is shown as being there whatever it does. */
export function newBotUser(
  world: World,
  team: Team,
  init: { bot: string; app: string; name: string; online: boolean },
): User {
  const { id, color } = arrival(world, init.app);
  const hash = world.drawFor('slack.avatar', id).chars(HEX, 12);
  const [first = '', ...rest] = init.name.split(' ');
  const handle = handleFor(world, init.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_'));
  return {
    ...member(team, id, handle, init.name),
    color,
    profile: {
      ...names(init.name, '', first, rest.join(' ')),
      title: '',
      ...customPhoto(hash),
      team: team.id,
      api_app_id: init.app,
      bot_id: init.bot,
      always_active: init.online,
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

/** Ids grow as members come, so that lists by id are in the order of arrival; so are the colours given. */
function arrival(world: World, key: string): { id: string; color: string } {
  const nth = world.next('slack.arrival');
  const colors = COLORS.split(' ');
  const founded = world.drawFor('slack.founded', 'team').int(0, 36 ** 3);
  const head = (FIRST_HEAD + founded + nth * HEAD_STEP).toString(36).toUpperCase();
  return {
    id: shaped(world.drawFor('slack.user', key), `U0${head}`, 5, UPPER36),
    color: colors[(nth - 1) % colors.length] as string,
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
    tz: PACIFIC,
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

/** A name without the marks on its letters. */
export const normalized = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '');

/** The texts of a profile. */
function names(real: string, display: string, first: string, last: string) {
  return {
    phone: '',
    skype: '',
    real_name: real,
    real_name_normalized: normalized(real),
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

/** A handle that nobody has, after a wish. */
function handleFor(world: World, wish: string): string {
  const taken = (name: string) => world.list(users, { index: 'name', equals: name }).first() !== undefined;
  if (!taken(wish)) return wish;
  for (let n = 2; ; n++) if (!taken(`${wish}${n}`)) return `${wish}${n}`;
}
