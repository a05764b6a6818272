/** What a person is asked by the org: to sign in, to consent, for a device's code. The brand's page goes around it. */
import { escaped } from '../../../../src/html.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Form } from '../../model/oauth/client.ts';
import { hasNoPassword } from '../../model/people/password.ts';
import type { User } from '../../model/people/user.ts';
import { displayName } from '../../model/people/user.ts';
import { org, users } from '../../world.ts';

/** People that the page offers; others are typed. */
const OFFERED_MAX = 20;
/** What the page itself sends; everything else is the program's request, and goes along. */
const OWN_FIELDS = new Set([
  ...['identifier', 'passcode', 'decision', 'sessionToken', 'choice', 'rememberDevice', 'totp', 'answer'],
  ...['questionKey', 'phoneNumber', 'methodType', 'id', 'revokeSessions', 'step', 'stateHandle'],
]);

/** The page that asks who is there. `fields` is the request that led to it. */
export function signInPage(
  world: World,
  fields: Form,
  to: { action: string; labels: Labels; client?: string; why?: string | undefined },
): string {
  const { labels } = to;
  const hinted = fields.login_hint ?? fields.identifier ?? '';
  const people = world
    .list(users, { index: 'status', equals: 'ACTIVE', where: (user) => hasNoPassword(world, user.id) })
    .toArray(OFFERED_MAX);
  return `<h1>${said(labels, 'signInLabel')}</h1>
${to.client ? `<p>to continue to <b>${escaped(to.client)}</b></p>` : ''}
${to.why ? `<p role="alert">${escaped(to.why)}</p>` : ''}
<form method="post" action="${escaped(to.action)}">
${carried(fields)}
<label>${said(labels, 'usernameLabel')}${tip(labels, 'usernameInfoTip')}
<input name="identifier" value="${escaped(hinted)}" autocomplete="username" list="people" required autofocus></label>
<datalist id="people">${people.map(option).join('')}</datalist>
<label>${said(labels, 'passwordLabel')}${tip(labels, 'passwordInfoTip')}
<input name="passcode" type="password" autocomplete="current-password"></label>
${people.length > 0 ? '<p class="note">Whoever has no password yet is let in without one.</p>' : ''}
<p class="actions"><button class="main">Sign in</button></p>
${labels.forgotPasswordUrl ? '' : `<p class="note"><button class="link" name="step" value="recover" formnovalidate>${said(labels, 'forgotPasswordLabel')}</button></p>`}
</form>
${linksOf(world, labels)}`;
}

/** What the brand calls its fields, and where its links lead, by the names of the sign-in widget. */
export type Labels = Readonly<Record<string, unknown>>;

const said = (labels: Labels, name: string): string => escaped(String(labels[name] ?? ''));

const tip = (labels: Labels, name: string): string =>
  labels[name] ? ` <small>${said(labels, name)}</small>` : '';

/** Links under the form: those that lead somewhere, and whom to call. */
function linksOf(world: World, labels: Labels): string {
  const { endUserSupportHelpURL, supportPhoneNumber } = org(world);
  const links = [
    ['forgotPasswordLabel', labels.forgotPasswordUrl],
    ['unlockAccountLabel', labels.unlockAccountUrl],
    ['helpLabel', labels.helpUrl || endUserSupportHelpURL],
    ['customLink1Label', labels.customLink1Url],
    ['customLink2Label', labels.customLink2Url],
  ].filter(([name, url]) => url && labels[String(name)]);
  const items = links.map(
    ([name, url]) => `<li><a href="${escaped(String(url))}">${said(labels, String(name))}</a></li>`,
  );
  if (supportPhoneNumber) items.push(`<li>Call ${escaped(supportPhoneNumber)}</li>`);
  return items.length > 0 ? `<ul class="links">${items.join('')}</ul>` : '';
}

/** The page that asks whether a program may have what it wants. */
export function consentPage(
  fields: Form,
  to: { action: string; client: string; user: User; scopes: readonly string[] },
): string {
  const client = escaped(to.client);
  return `<h1>${client} would like to</h1>
<ul>${to.scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
<p>You are signed in as <b>${escaped(to.user.profile.login)}</b>. By clicking Allow Access, you let ${client} do so.</p>
<form method="post" action="${escaped(to.action)}">
${carried(fields)}
<p class="actions"><button name="decision" value="allow" class="main">Allow Access</button>
<button name="decision" value="deny">Don't Allow</button></p>
</form>`;
}

/** The page that asks for the code on a device. */
export const devicePage = (action: string, why?: string): string => `<h1>Activate your device</h1>
${why ? `<p role="alert">${escaped(why)}</p>` : ''}
<form method="get" action="${escaped(action)}">
<label>Activation Code <input name="user_code" autocomplete="off" required autofocus></label>
<p class="actions"><button class="main">Next</button></p>
</form>`;

/** What only says something. */
export const notice = (title: string, says: string): string =>
  `<h1>${escaped(title)}</h1>\n<p>${escaped(says)}</p>`;

/**
 * The page that hands an answer on by itself: as a form to `redirectUri`, or (`message`) to the window that opened it,
 * if that is of the same origin.
 */
export function answerPage(
  redirectUri: string,
  answer: Readonly<Record<string, string>>,
  way: 'form' | 'message',
): string {
  const form = `<form method="post" action="${escaped(redirectUri)}">
${hidden(Object.entries(answer))}
<noscript><button>Continue</button></noscript>
</form>`;
  const send =
    way === 'form'
      ? 'document.forms[0].submit();'
      : `const answer = Object.fromEntries(new FormData(document.forms[0]));
(window.opener || window.parent).postMessage(answer, ${JSON.stringify(new URL(redirectUri).origin)});`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Signing in</title></head><body>
${form}
<script>${send}</script>
</body></html>
`;
}

const option = (user: User): string =>
  `<option value="${escaped(user.profile.login)}">${escaped(displayName(user))}</option>`;

/** What goes along with a form, hidden. */
export const carried = (fields: Form): string =>
  hidden(Object.entries(fields).filter(([name]) => !OWN_FIELDS.has(name)));

const hidden = (fields: readonly (readonly [string, string | undefined])[]): string =>
  fields
    .map(([name, value = '']) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('\n');
