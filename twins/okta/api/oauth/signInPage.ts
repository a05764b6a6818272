/** What a person sees of the org: the sign-in, the consent, the device's code, and what went wrong. Works without script. */
import { escaped } from '../../../../src/html.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Form } from '../../model/oauth/client.ts';
import { hasNoPassword } from '../../model/password.ts';
import type { User } from '../../model/user.ts';
import { displayName } from '../../model/user.ts';
import { org, users } from '../../world.ts';

/** People that the page offers; others are typed. */
const OFFERED_MAX = 20;
/** What the page itself sends; everything else is the program's request, and goes along. */
const OWN_FIELDS = new Set(['identifier', 'passcode', 'decision', 'sessionToken']);

/** The page that asks who is there. `fields` is the request that led to it. */
export function signInPage(
  world: World,
  fields: Form,
  to: { action: string; client?: string; why?: string | undefined },
): string {
  const hinted = fields.login_hint ?? fields.identifier ?? '';
  const people = world
    .list(users, { index: 'status', equals: 'ACTIVE', where: (user) => hasNoPassword(world, user.id) })
    .toArray(OFFERED_MAX);
  return document(
    world,
    'Sign In',
    `<h1>Sign In</h1>
${to.client ? `<p>to continue to <b>${escaped(to.client)}</b></p>` : ''}
${to.why ? `<p role="alert">${escaped(to.why)}</p>` : ''}
<form method="post" action="${escaped(to.action)}">
${carried(fields)}
<label>Username <input name="identifier" value="${escaped(hinted)}"
 autocomplete="username" list="people" required autofocus></label>
<datalist id="people">${people.map(option).join('')}</datalist>
<label>Password <input name="passcode" type="password" autocomplete="current-password"></label>
${people.length > 0 ? '<p class="note">Whoever has no password yet is let in without one.</p>' : ''}
<p class="actions"><button class="main">Sign in</button></p>
</form>`,
  );
}

/** The page that asks whether a program may have what it wants. */
export function consentPage(
  world: World,
  fields: Form,
  to: { action: string; client: string; user: User; scopes: readonly string[] },
): string {
  const client = escaped(to.client);
  return document(
    world,
    'Consent',
    `<h1>${client} would like to</h1>
<ul>${to.scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
<p>You are signed in as <b>${escaped(to.user.profile.login)}</b>. By clicking Allow Access, you let ${client} do so.</p>
<form method="post" action="${escaped(to.action)}">
${carried(fields)}
<p class="actions"><button name="decision" value="allow" class="main">Allow Access</button>
<button name="decision" value="deny">Don't Allow</button></p>
</form>`,
  );
}

/** The page that asks for the code on a device. */
export const devicePage = (world: World, action: string, why?: string): string =>
  document(
    world,
    'Activate your device',
    `<h1>Activate your device</h1>
${why ? `<p role="alert">${escaped(why)}</p>` : ''}
<form method="get" action="${escaped(action)}">
<label>Activation Code <input name="user_code" autocomplete="off" required autofocus></label>
<p class="actions"><button class="main">Next</button></p>
</form>`,
  );

/** A page that only says something. */
export const notice = (world: World, title: string, says: string): string =>
  document(world, title, `<h1>${escaped(title)}</h1>\n<p>${escaped(says)}</p>`);

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

const carried = (fields: Form): string =>
  hidden(Object.entries(fields).filter(([name]) => !OWN_FIELDS.has(name)));

const hidden = (fields: readonly (readonly [string, string | undefined])[]): string =>
  fields
    .map(([name, value = '']) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('\n');

const document = (world: World, title: string, body: string): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(org(world).companyName)} - ${escaped(title)}</title>
<style>${STYLE}</style></head><body><main>
<p class="org">${escaped(org(world).companyName)}</p>
${body}
</main></body></html>
`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#f5f5f6, #16161a); }
main { max-width: 24rem; margin: 8vh auto; padding: 1.5rem 2rem; border-radius: .25rem; overflow-wrap: anywhere;
  background: light-dark(#fff, #212126); border: 1px solid light-dark(#d7d7dc, #45454d); }
.org { text-align: center; font-weight: 600; border-bottom: 1px solid light-dark(#e3e3e3, #45454d);
  padding-bottom: 1rem; margin: 0 0 1rem; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .75rem; }
label { display: block; margin: 0 0 1rem; font-weight: 600; }
input { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .5rem; font: inherit; }
[role=alert] { border-left: 3px solid light-dark(#da372c, #ff8c84); padding-left: .75rem; }
.note { color: light-dark(#5b5b66, #a9a9b3); font-size: .875rem; }
.actions { display: flex; gap: .75rem; margin: 1rem 0 0; }
button { font: inherit; padding: .5rem 1.25rem; border-radius: .25rem; cursor: pointer; flex: 1;
  border: 1px solid light-dark(#8c8c96, #8c8c96); background: none; color: inherit; }
.main { background: #546be7; border-color: #546be7; color: #fff; }
:focus-visible { outline: 2px solid light-dark(#546be7, #b3bdf5); outline-offset: 2px; }
@media (max-width: 26rem) { main { margin: 0; border: 0; min-height: 100vh; padding: 1.5rem; } }`;
