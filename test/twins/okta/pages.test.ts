import { describe, expect, it } from 'vitest';
import { leafMaker, makeAuthority } from '../../../src/proxy/certificate.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { openOrg, type TestOrg } from './org.ts';

const PAGE = `<html><head><title>{{pageTitle}}</title>{{{SignInWidgetResources}}}</head>
<body><h1>Ours {{nothing}}</h1><div id="okta-login-container"></div>{{{OktaUtil}}}
<script nonce="{{nonceValue}}">new OktaSignIn(OktaUtil.getSignInWidgetConfig()).renderEl({});</script></body></html>`;

const fetchPage = async (org: TestOrg, path: string, init: RequestInit = {}) => {
  const { headers, ...rest } = init;
  const response = await org.fetch(`/okta${path}`, {
    redirect: 'manual',
    headers: { ...headers },
    ...rest,
  } as never);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** A brand of a custom domain that is ready. */
async function ownDomain(org: TestOrg, domain = 'login.acme.example') {
  const sent = { domain, certificateSourceType: 'OKTA_MANAGED' };
  const { body: made } = await org.call('POST', '/api/v1/domains', sent);
  for (const { fqdn, values } of made.dnsRecords)
    org.universe.work('okta', (world) =>
      okta.gestures.writeDnsRecord?.perform(world, 'ann@acme.example', { fqdn, value: values[0] } as never),
    );
  await org.call('POST', `/api/v1/domains/${made.id}/verify`);
  return { brand: made.brandId as string, headers: { host: domain } };
}

describe('the sign-in page', () => {
  it('is the brand’s own at its domain, with what it refers to filled in, and the default one elsewhere', async () => {
    const org = await openOrg();
    const { brand, headers } = await ownDomain(org);
    const at = `/api/v1/brands/${brand}/pages/sign-in`;
    const setting = {
      mode: 'report_only',
      reportUri: 'https://r.example/',
      srcList: ['https://cdn.example'],
    };
    await org.call('PUT', `${at}/customized`, { pageContent: PAGE, contentSecurityPolicySetting: setting });
    const own = await fetchPage(org, '/login/login.htm', { headers });
    expect(own.text).toContain('<h1>Ours </h1>');
    expect(own.text).toContain('<title>acme - Sign In</title>');
    expect(own.text).not.toContain('{{');
    const policy = own.headers.get('content-security-policy-report-only');
    expect(policy).toContain('https://cdn.example');
    expect(own.text).toContain(`nonce="${/'nonce-(\w+)'/.exec(policy ?? '')?.[1]}"`);
    expect((await fetchPage(org, '/login/login.htm')).text).not.toContain('Ours');
    const other = await fetchPage(org, '/login/preview', { headers });
    expect(other.text).not.toContain('Ours');
    await org.call('PUT', `${at}/preview`, { pageContent: PAGE.replace('Ours', 'Next') });
    expect((await fetchPage(org, '/login/preview', { headers })).text).toContain('Next');
    await org.call('DELETE', `${at}/customized`);
    expect((await fetchPage(org, '/login/login.htm', { headers })).text).not.toContain('Ours');
  });

  it('is labelled as the brand says, leads to its help, and leaves the vendor out where it is asked to', async () => {
    const org = await openOrg();
    const [{ id, name }] = (await org.call('GET', '/api/v1/brands')).body;
    expect((await fetchPage(org, '/login/login.htm')).text).toContain('Powered by');
    const labels = {
      signInLabel: 'Come <in>',
      usernameLabel: 'Badge',
      helpLabel: 'Stuck?',
      helpUrl: 'https://h.example/',
    };
    await org.call('PUT', `/api/v1/brands/${id}/pages/sign-in/customized`, { widgetCustomizations: labels });
    const terms = { customPrivacyPolicyUrl: 'https://p.example/', agreeToCustomPrivacyPolicy: true };
    await org.call('PUT', `/api/v1/brands/${id}`, { name, removePoweredByOkta: true, ...terms });
    const { text } = await fetchPage(org, '/login/login.htm');
    expect(text).toContain('<h1>Come &#60;in&#62;</h1>');
    expect(text).toContain('<label>Badge');
    expect(text).toContain('<a href="https://h.example/">Stuck?</a>');
    expect(text).toContain('https://p.example/');
    expect(text).not.toContain('Powered by');
  });

  it('lets people in, who then see their apps, and out again to where the brand says', async () => {
    const org = await openOrg();
    const [{ id }] = (await org.call('GET', '/api/v1/brands')).body;
    const url = 'https://bye.example/';
    await org.call('PUT', `/api/v1/brands/${id}/pages/sign-out/customized`, {
      type: 'EXTERNALLY_HOSTED',
      url,
    });
    const send = (fields: Record<string, string>) =>
      fetchPage(org, '/login/login.htm', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams(fields)),
      });
    expect((await send({ identifier: 'nobody@acme.example' })).status).toBe(401);
    const done = await send({ identifier: 'bob@acme.example', fromURI: '//evil.example/' });
    expect([done.status, done.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('/okta/app/UserHome'),
    ]);
    const cookie = done.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const home = await fetchPage(org, '/app/UserHome', { headers: { cookie } });
    expect(home.text).toContain('Wiki');
    expect(home.text).toContain('Okta, Inc.');
    await org.call('POST', '/api/v1/org/preferences/hideEndUserFooter');
    expect((await fetchPage(org, '/app/UserHome', { headers: { cookie } })).text).not.toContain('Okta, Inc.');
    const wiki = /href="[^"]+okta(\/home\/[^"]+)"/.exec(home.text)?.[1] ?? '';
    const launched = await fetchPage(org, wiki, { headers: { cookie } });
    expect([launched.status, launched.headers.get('location')]).toEqual([302, 'https://example.com']);
    const [other] = (await org.call('GET', '/api/v1/apps?q=Orrery')).body;
    const strange = await fetchPage(org, `/home/x/${other.id}/1`, { headers: { cookie } });
    expect(strange.status).toBe(403);
    const out = await fetchPage(org, '/login/signout', { headers: { cookie } });
    expect(out.headers.get('location')).toBe(url);
    expect((await fetchPage(org, '/app/UserHome', { headers: { cookie } })).status).toBe(302);
  });

  it('has the theme’s colours and pictures as its variant says', async () => {
    const org = await openOrg();
    const [{ id }] = (await org.call('GET', '/api/v1/brands')).body;
    const [theme] = (await org.call('GET', `/api/v1/brands/${id}/themes`)).body;
    const at = `/api/v1/brands/${id}/themes/${theme.id}`;
    const form = new FormData();
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 7, 7]);
    form.append('file', new Blob([png]), 'picture.png');
    const { headers, body } = new Response(form) as unknown as { headers: Headers; body: ReadableStream };
    const uploaded = await org.fetch(`/okta${at}/background-image`, {
      method: 'POST',
      headers: { authorization: `SSWS ${org.token}`, 'content-type': headers.get('content-type') as string },
      body: new Uint8Array(await new Response(body).arrayBuffer()),
    } as never);
    const { url } = (await uploaded.json()) as { url: string };
    const picture = await org.fetch(url.slice(url.indexOf('/okta')));
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(png);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect((await fetchPage(org, '/login/login.htm')).text).not.toContain(url);
    const look = { primaryColorHex: '#aa0011', signInPageTouchPointVariant: 'BACKGROUND_IMAGE' };
    await org.call('PUT', at, { ...theme, ...look });
    const { text } = await fetchPage(org, '/login/login.htm');
    expect(text).toContain(`background-image: url(${url})`);
    const style = /<link href="([^"]+style-sheet[^"]+)"/.exec(text)?.[1]?.replace('&#38;', '&') ?? '';
    const sheet = await fetchPage(org, style.slice(style.indexOf('/okta') + 5));
    expect(sheet.headers.get('content-type')).toContain('text/css');
    expect(sheet.text).toContain('#aa0011');
  });
});

describe('a custom domain', () => {
  it('takes a certificate of its own host, with the key that belongs to it', async () => {
    const org = await openOrg();
    const sent = { domain: 'login.acme.example', certificateSourceType: 'MANUAL' };
    const { body: made } = await org.call('POST', '/api/v1/domains', sent);
    for (const { fqdn, values } of made.dnsRecords)
      org.universe.work('okta', (world) =>
        okta.gestures.writeDnsRecord?.perform(world, 'ann@acme.example', { fqdn, value: values[0] } as never),
      );
    const at = `/api/v1/domains/${made.id}`;
    await org.call('POST', `${at}/verify`);
    const certify = await leafMaker(await makeAuthority(['acme.example', 'other.example']));
    const [own, other] = [await certify('login.acme.example'), await certify('other.example')];
    const { keyPem: strange } = await makeAuthority(['acme.example']);
    const put = async (certificate: string, privateKey: string) =>
      (await org.call('PUT', `${at}/certificate`, { type: 'PEM', certificate, privateKey })).status;
    expect(await put(other.certificatePem, other.keyPem)).toBe(400);
    expect(await put(own.certificatePem, strange)).toBe(400);
    expect(await put(own.certificatePem, own.keyPem)).toBe(204);
    const { body } = await org.call('GET', at);
    expect(body.validationStatus).toBe('COMPLETED');
    expect(body.publicCertificate.subject).toContain('CN=Orrery twin');
  });
});

describe('the error page', () => {
  const WRONG = '/oauth2/v1/authorize?client_id=nobody';

  it('is the brand’s own at its domain, with what went wrong', async () => {
    const org = await openOrg();
    const { brand, headers } = await ownDomain(org);
    const at = `/api/v1/brands/${brand}/pages/error`;
    await org.call('PUT', `${at}/customized`, { pageContent: '<b>Sorry: {{{errorDescription}}}</b>' });
    const own = await fetchPage(org, WRONG, { headers });
    expect(own.status).toBe(400);
    expect(own.text).toMatch(/^<b>Sorry: Invalid value for &#39;client_id&#39;/);
    const elsewhere = await fetchPage(org, WRONG);
    expect(elsewhere.text).not.toContain('Sorry');
    expect(elsewhere.text).toContain('400 Bad Request');
    await org.call('PUT', `${at}/preview`, { pageContent: '<i>{{errorSummary}}</i>' });
    expect((await fetchPage(org, '/error/preview', { headers })).text).toContain('<i>');
    await org.call('DELETE', `${at}/customized`);
    expect((await fetchPage(org, WRONG, { headers })).text).not.toContain('Sorry');
  });
});
