/** Pictures of the site and its pages, which links in answers lead to. They need no sign-in; what they show is ours. */
import { type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { siteOf } from '../model/people/people.ts';
import { systemImage } from './avatarImages.ts';

const PAGES = 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/';

export const pictureEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'icon', route: 'GET /images/icons/{kind}/{name}', auth: 'none', doc: PAGES }, ({ params }) =>
    systemImage(params.name.length),
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
