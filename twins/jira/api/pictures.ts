/** Pictures of the site and its pages, which links in answers lead to. They need no sign-in; what they show is ours. */
import { type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { siteOf } from '../model/people/people.ts';
import { doc } from './address.ts';

const AVATAR_TYPES = new Set(['issuetype', 'project', 'priority']);
const PAGES = 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/';

export const pictureEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getAvatarImageByID',
      route: 'GET /rest/api/3/universal_avatar/view/type/{type}/avatar/{id}',
      auth: 'none',
      doc: doc('avatars', 'universal-avatar-view-type-type-avatar-id-get'),
    },
    ({ params }) => {
      if (!AVATAR_TYPES.has(params.type) || !/^\d+$/.test(params.id)) throw refused('notFound');
      return picture(Number(params.id));
    },
  ),
  endpoint({ id: 'icon', route: 'GET /images/icons/{kind}/{name}', auth: 'none', doc: PAGES }, ({ params }) =>
    picture(params.name.length),
  ),
  ...['/', '/browse/{issueIdOrKey}'].map((path) =>
    endpoint(
      { id: path === '/' ? 'homePage' : 'issuePage', route: `GET ${path}`, auth: 'none', doc: PAGES },
      ({ world }) =>
        reply({
          raw: true,
          headers: [['content-type', 'text/html;charset=UTF-8']],
          body:
            '<!DOCTYPE html>\n<title>Log in with Atlassian account</title>\n' +
            `<h1>Log in to continue to ${siteOf(world).name.replace(/[<>&]/g, '')}</h1>\n`,
        }),
    ),
  ),
];

const COLOURS = ['#0052cc', '#36b37e', '#ff5630', '#6554c0', '#ffab00'];

const picture = (nth: number) =>
  reply({
    raw: true,
    headers: [
      ['content-type', 'image/svg+xml'],
      ['cache-control', 'public, max-age=31536000'],
    ],
    body:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
      `<rect width="16" height="16" rx="3" fill="${COLOURS[nth % COLOURS.length]}"/></svg>`,
  });
