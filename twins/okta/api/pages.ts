/** Pages of the org that links lead to: no program is signed in there, so they are the sign-in, or lead to it. */
import { escaped } from '../../../src/html.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { org } from '../world.ts';

const DOC = 'https://developer.okta.com/docs/concepts/redirect-vs-embedded/';

const page = (id: string, path: string, handle: (call: Call) => unknown): Endpoint =>
  endpoint({ id, route: `GET ${path}`, auth: 'none', traits: { undocumented: true }, doc: DOC }, handle);

export const pageEndpoints: readonly Endpoint[] = [
  page('signInPage', '/login/login.htm', signInPage),
  page('homePage', '/', signIn),
  page('appPage', '/home/{app}/{appId}/{link}', signIn),
  page('samlInstructionsPage', '/app/{app}/{appId}/setup/help/SAML_2_0/instructions', signIn),
  page('activationPage', '/tokens/{token}/verify', signInPage),
  page('resetPasswordPage', '/reset_password/{token}', signInPage),
];

function signInPage({ world }: Call) {
  const name = escaped(org(world).companyName);
  return reply({
    raw: true,
    headers: [['content-type', 'text/html;charset=utf-8']],
    body: `<!DOCTYPE html>\n<title>${name} - Sign In</title>\n<h1>Sign in to ${name}</h1>\n`,
  });
}

function signIn({ world, request }: Call) {
  const from = encodeURIComponent(request.path);
  return reply({
    status: 302,
    raw: true,
    headers: [['location', `${world.base()}/login/login.htm?fromURI=${from}`]],
  });
}
