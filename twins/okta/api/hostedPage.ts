/** The org's own pages as a browser gets them: a brand's sign-in page and error page, filled in. */
import { escaped } from '../../../src/html.ts';
import { type Call, reply } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { requestId } from '../ids.ts';
import { brandAt, type Look, lookOf, pageValues, type TouchPoint } from '../model/look/brandLook.ts';
import { type ContentPolicy, policyHeader } from '../model/look/contentPolicy.ts';
import { errorPageInEffect } from '../model/look/errorPage.ts';
import { renderMustache } from '../model/look/mustache.ts';
import { pageInEffect } from '../model/look/signInPage.ts';
import { org } from '../world.ts';

/** A state of a page that browsers may see. */
export type ShownState = 'customized' | 'preview';

/** How pages of one kind look to who makes this call. */
export const lookFor = ({ world, request }: Call, touchPoint: TouchPoint): Look =>
  lookOf(world, brandAt(world, header(request.headers, 'host')), touchPoint);

/** What a brand's sign-in page is called, says and leads to, by the names of the sign-in widget. */
export const labelsFor = (call: Call, state: ShownState = 'customized'): Readonly<Record<string, unknown>> =>
  pageInEffect(call.world, lookFor(call, 'signInPage').brand, state).widgetCustomizations;

/** The sign-in page with `form` in it. Works without script. */
export function signInReply(
  call: Call,
  form: string,
  more: { status?: number; title?: string; state?: ShownState; headers?: readonly [string, string][] } = {},
) {
  const { world } = call;
  const look = lookFor(call, 'signInPage');
  const page = pageInEffect(world, look.brand, more.state ?? 'customized');
  const nonce = nonceOf(world);
  const filled = renderMustache(page.pageContent, {
    ...pageValues(world, look, nonce),
    pageTitle: `${org(world).companyName} - ${more.title ?? 'Sign In'}`,
    useSiwGen3: page.widgetCustomizations.widgetGeneration === 'G3',
    SignInWidgetResources: script(nonce, WIDGET),
    OktaUtil: script(nonce, utilities(world, look, page.widgetCustomizations)),
  });
  const widget = `<main id="okta-sign-in"><p class="org">${logo(world, look)}</p>\n${form}\n</main>${footer(look)}`;
  return htmlReply(into(filled, widget), page.contentSecurityPolicySetting, nonce, more);
}

/** What an error page tells. */
export interface Told {
  status: number;
  summary: string;
  description: string;
  /** Codes for who helps. */
  details?: string;
}

/** The error page of the brand; `description` is text. */
export function errorReply(call: Call, told: Told, state: ShownState = 'customized') {
  const { world } = call;
  const look = lookFor(call, 'errorPage');
  const page = errorPageInEffect(world, look.brand, state);
  const nonce = nonceOf(world);
  const html = renderMustache(page.pageContent, {
    ...pageValues(world, look, nonce),
    pageTitle: `${org(world).companyName} - ${told.summary}`,
    ErrorPageResources: '',
    errorSummary: escaped(told.summary),
    errorDescription: escaped(told.description),
    technicalDetails: told.details ?? '',
    buttonHref: `${world.base()}/login/login.htm`,
    buttonText: 'Go to Homepage',
    back: 'Back',
    copyright: '© Okta, Inc.',
  });
  return htmlReply(html, page.contentSecurityPolicySetting, nonce, { status: told.status });
}

const nonceOf = (world: World): string => requestId(world).slice(0, 22);

function htmlReply(
  body: string,
  policy: ContentPolicy | undefined,
  nonce: string,
  { status = 200, headers = [] }: { status?: number; headers?: readonly [string, string][] },
) {
  const fixed: [string, string][] = [
    ['content-type', 'text/html;charset=utf-8'],
    policyHeader(policy, nonce),
    ['cache-control', 'no-cache, no-store'],
    ['pragma', 'no-cache'],
    ['expires', '0'],
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
  ];
  return reply({ status, raw: true, headers: [...fixed, ...headers], body });
}

/** Puts the form where the page wants the widget, else at its end. */
function into(page: string, widget: string): string {
  const place = /<(\w+)[^>]*\bid=["']okta-login-container["'][^>]*>/.exec(page);
  const at = place ? place.index + place[0].length : page.lastIndexOf('</body>');
  return at < 0 ? page + widget : page.slice(0, at) + widget + page.slice(at);
}

/** The vendor's own logo is not drawn here: the name stands for it. */
const logo = (world: World, { logo: url }: Look): string =>
  url.startsWith(world.base())
    ? `<img src="${escaped(url)}" alt="${escaped(org(world).companyName)}">`
    : escaped(org(world).companyName);

function footer({ brand, poweredBy }: Look): string {
  const privacy = brand.customPrivacyPolicyUrl || 'https://www.okta.com/privacy-policy';
  const vendor = poweredBy ? `<p>${poweredBy} <b>Okta</b></p>` : '';
  return `<div class="footer">${vendor}<p><a href="${escaped(privacy)}">Privacy Policy</a></p></div>`;
}

const script = (nonce: string, source: string): string => `<script nonce="${nonce}">${source}</script>`;

/**
 * What a page's script may call of the sign-in widget: it puts the form where the page wants it, and tells of it.
 * https://github.com/okta/okta-signin-widget#api-reference
 */
const WIDGET = `function OktaSignIn(config) {
  var heard = {}, form = function () { return document.getElementById('okta-sign-in'); };
  var tell = function (name, what) { (heard[name] || []).forEach(function (one) { one(what); }); };
  this.options = config || {};
  this.on = function (name, one) { (heard[name] = heard[name] || []).push(one); return this; };
  this.off = function (name) { delete heard[name]; return this; };
  this.remove = function () { form().remove(); };
  this.hide = function () { form().hidden = true; };
  this.show = function () { form().hidden = false; };
  this.renderEl = function (to, done, failed) {
    var place = document.querySelector((to || {}).el || config.el || '#okta-login-container');
    if (!place || !form()) { if (failed) failed(new Error('There is no element to render into')); return; }
    if (!place.contains(form())) place.appendChild(form());
    tell('ready', { controller: 'primary-auth' });
    tell('afterRender', { controller: 'primary-auth' });
  };
  this.showSignIn = this.showSignInAndRedirect = this.showSignInToGetTokens = this.renderEl;
}`;

/** The functions by which a page learns what the org's settings say of the widget. */
function utilities(world: World, look: Look, labels: Readonly<Record<string, unknown>>): string {
  const link = (n: number) => ({ text: labels[`customLink${n}Label`], href: labels[`customLink${n}Url`] });
  const config = {
    baseUrl: world.base(),
    brandName: org(world).companyName,
    logo: look.logo,
    language: look.brand.locale ?? 'en',
    colors: { brand: look.button },
    helpLinks: {
      help: labels.helpUrl,
      forgotPassword: labels.forgotPasswordUrl,
      unlock: labels.unlockAccountUrl,
      custom: [link(1), link(2)].filter((one) => one.href),
    },
    i18n: {
      en: {
        'primaryauth.title': labels.signInLabel,
        'primaryauth.username.placeholder': labels.usernameLabel,
        'primaryauth.password.placeholder': labels.passwordLabel,
      },
    },
    features: { showPasswordToggleOnSignInPage: labels.showPasswordVisibilityToggle },
  };
  // A closing tag in a text would end the script.
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return `var OktaUtil = {
  getSignInWidgetConfig: function () { return ${json}; },
  getRequestContext: function () { return {}; },
  completeLogin: function () {}
};`;
}
