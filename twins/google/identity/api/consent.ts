/**
 * The consent page, where a program sends a person to be let in, and what the person presses there.
 * https://developers.google.com/identity/protocols/oauth2/web-server#redirecting
 */
import { escaped } from '../../../../src/html.ts';
import type { Call, Endpoint } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Authorization, hintedPerson, isHosted, readAuthorization } from '../model/authorization.ts';
import { addressBack, allow, answeredBefore, deny, type LedBack } from '../model/consent.ts';
import { consentPage, formPostPage } from './consentPage.ts';
import { html, leadTo, page } from './page.ts';

const DOC = 'https://developers.google.com/identity/protocols/oauth2/web-server';

export const consentEndpoints: readonly Endpoint[] = ['/o/oauth2/v2/auth', '/o/oauth2/auth'].flatMap(
  (path) => [
    page('oauth2.auth', `GET ${path}`, DOC, shown),
    page('oauth2.auth', `POST ${path}`, DOC, pressed),
  ],
);

function shown({ world, query }: Call) {
  const asked = readAuthorization(world, query);
  const back = answeredBefore(world, asked);
  return back === undefined ? html(200, pageFor(world, asked)) : led(back);
}

function pressed({ world, query, body }: Call) {
  const asked = readAuthorization(world, query);
  const { decision, email, scopes } = answerIn(body);
  return led(decision === 'allow' ? allow(world, asked, { email, scopes }) : deny(asked));
}

/** What was pressed on a page: the last e-mail that is one, and the scopes that were left in. */
export function answerIn({ fields = [] }: Call['body']) {
  const said = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  return {
    decision: said('decision')[0],
    email: said('email').findLast(Boolean) ?? '',
    scopes: said('scope'),
  };
}

const pageFor = (world: World, asked: Authorization): string =>
  consentPage(world, {
    program: asked.client.name,
    scopes: asked.scopes,
    hinted: hintedPerson(world, asked),
    mayChoose: (email) => isHosted(asked, email),
    onward: `You are led on to <b>${escaped(new URL(asked.redirectUri).host)}</b>.`,
  });

const led = (back: LedBack) =>
  back.mode === 'form_post' ? html(200, formPostPage(back)) : leadTo(addressBack(back));
