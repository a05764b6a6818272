/** Pictures of the site and its pages, which links in answers lead to. They need no sign-in; what they show is ours. */
import { escaped } from '../../../src/html.ts';
import { type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { siteOf } from '../model/people/people.ts';
import { bannerOf } from '../model/site/banner.ts';
import { systemImage } from './avatarImages.ts';

/** Where links into the site's own pages lead. */
const SITE_PAGES = {
  homePage: '/',
  issuePage: '/browse/{issueIdOrKey}',
  issuesPage: '/issues',
  dashboardPage: '/jira/dashboards/{id}',
};
const PAGES = 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/';

export const pictureEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'icon', route: 'GET /images/icons/{kind}/{name}', auth: 'none', doc: PAGES }, ({ params }) =>
    systemImage(params.name.length),
  ),
  ...Object.entries(SITE_PAGES).map(([id, path]) =>
    endpoint({ id, route: `GET ${path}`, auth: 'none', doc: PAGES }, ({ world }) =>
      reply({ raw: true, headers: [['content-type', 'text/html;charset=UTF-8']], body: signInPage(world) }),
    ),
  ),
];

/** What a browser without a session gets anywhere on the site, below an announcement that is for everybody. */
function signInPage(world: World): string {
  const { message, isEnabled, visibility } = bannerOf(world);
  const announced = isEnabled && visibility === 'public' ? `<p role="alert">${escaped(message)}</p>\n` : '';
  const name = escaped(siteOf(world).name);
  return `<!DOCTYPE html>\n<title>Log in with Atlassian account</title>\n${announced}<h1>Log in to continue to ${name}</h1>\n`;
}
