/** Brands, themes, mail and sign-in pages: how an org looks. */
import { expect } from 'vitest';
import { type Body, live, type Story } from './teller.ts';

const brand: Story = {
  says: 'brands are made, renamed and removed; the default one stays and names are unique',
  async tell(t) {
    await live(t, {
      at: '/brands',
      made: { name: 'Blue' },
      changed: { name: 'Green', removePoweredByOkta: true },
      gone: 'Brand',
      events: ['system.brand.create', 'system.brand.update', 'system.brand.delete'],
    });
    const [own] = await t.get('/brands');
    await t.refused('E0000200', 'DELETE', `/brands/${own.id}`);
    await t.refused('E0000202', 'POST', '/brands', { name: own.name });
    const url = { name: own.name, customPrivacyPolicyUrl: 'https://a.example' };
    await t.refused('E0000001', 'PUT', `/brands/${own.id}`, url);
    const at = `/brands/${own.id}`;
    const agreed = { ...url, agreeToCustomPrivacyPolicy: true };
    await t.refused('E0000001', 'PUT', at, { ...agreed, customPrivacyPolicyUrl: 'nowhere' });
    await t.refused('E0000001', 'PUT', at, { ...agreed, locale: 'xx' });
    await t.refused('E0000001', 'PUT', at, { ...agreed, defaultApp: { appInstanceId: '0oanothing' } });
    await t.refused('E0000198', 'PUT', at, { ...agreed, emailDomainId: 'OeDnothing' });
    const [app] = await t.get('/apps?q=Wiki');
    await t.send('PUT', at, { ...agreed, locale: 'de', defaultApp: { appInstanceId: app.id } });
    expect((await t.get(at)).defaultApp.appInstanceId).toBe(app.id);
  },
};

const theme: Story = {
  says: 'themes take colours that are colours, variants that there are, and choose what reads well',
  async tell(t) {
    const [own] = await t.get('/brands');
    const themes = `/brands/${own.id}/themes`;
    const [only] = await t.get(themes);
    const at = `${themes}/${only.id}`;
    const { primaryColorContrastHex: _, ...rest } = only;
    await t.refused('E0000001', 'PUT', at, { primaryColorHex: '#123456' });
    await t.send('PUT', at, { ...rest, primaryColorHex: '#123456' });
    expect(await t.get(at)).toMatchObject({ primaryColorHex: '#123456', primaryColorContrastHex: '#ffffff' });
    expect((await t.send('PUT', at, { ...rest, primaryColorHex: '#ffee00' })).primaryColorContrastHex).toBe(
      '#000000',
    );
    await t.refused('E0000001', 'PUT', at, { ...rest, primaryColorHex: 'red' });
    await t.refused('E0000001', 'PUT', at, { ...rest, errorPageTouchPointVariant: 'FULL_THEME' });
    await t.refused('E0000007', 'GET', `${themes}/nothing`);
    expect(await t.eventsOf(only.id)).toEqual(['system.theme.update', 'system.theme.update']);
  },
};

const mail: Story = {
  says: 'mails are worded per language, one of them the default, and can be previewed',
  async tell(t) {
    const [own] = await t.get('/brands');
    const templates = `/brands/${own.id}/templates/email`;
    const [{ name }] = await t.get(templates);
    expect((await t.get(`${templates}/${name}`)).name).toBe(name);
    await t.refused('E0000007', 'GET', `${templates}/Nothing`);
    const words = `${templates}/${name}/customizations`;
    const body = (language: string) => `to \${org.name} ${language} \${activationLink}`;
    const worded = (language: string) => ({ language, subject: 'Hi', body: body(language) });
    const en = await t.send('POST', words, worded('en'));
    const es = await t.send('POST', words, worded('es'));
    await t.refused('E0000183', 'POST', words, worded('es'));
    await t.refused('E0000182', 'POST', words, { ...worded('de'), isDefault: true });
    await t.refused('E0000237', 'POST', words, worded('xx'));
    await t.refused('E0000001', 'POST', words, { ...worded('de'), body: 'no link' });
    await t.refused('E0000001', 'POST', words, { ...worded('de'), subject: 'x'.repeat(129) });
    const shown = await t.get(`${templates}/${name}?expand=settings,customizationCount`);
    expect(shown._embedded).toMatchObject({ settings: { recipients: 'ALL_USERS' }, customizationCount: 2 });
    await t.send('PUT', `${words}/${es.id}`, { ...worded('fr'), isDefault: true });
    expect((await t.get(words)).map((one: Body) => [one.language, one.isDefault])).toEqual([
      ['en', false],
      ['fr', true],
    ]);
    await t.refused('E0000185', 'PUT', `${words}/${es.id}`, { ...worded('fr'), isDefault: false });
    await t.refused('E0000184', 'DELETE', `${words}/${es.id}`);
    expect((await t.get(`${words}/${es.id}/preview`)).body).toContain(
      '<div>to acme fr (activationLink Placeholder)</div>',
    );
    await t.send('DELETE', `${words}/${en.id}`);
    await t.refused('E0000007', 'GET', `${words}/${en.id}`);
    expect((await t.get(`${words}/${es.id}`)).language).toBe('fr');
    await t.send('DELETE', words);
    expect(await t.get(words)).toEqual([]);
    expect(await t.eventsOf(es.id)).toEqual([
      'system.email.template.create',
      'system.email.template.update',
      'system.email.template.delete',
    ]);
  },
};

const signInPage: Story = {
  says: 'sign-in pages of one’s own come and go beside the default one',
  async tell(t) {
    const [standard] = await t.get('/brands');
    const own = await t.send('POST', '/brands', { name: 'Ours' });
    for (const state of ['customized', 'preview']) {
      const page = `/brands/${own.id}/pages/sign-in/${state}`;
      const ofStandard = `/brands/${standard.id}/pages/sign-in/${state}`;
      await t.refused('E0000007', 'GET', page);
      await t.refused('E0000213', 'PUT', ofStandard, { pageContent: '<html></html>' });
      const labelled = await t.send('PUT', ofStandard, { widgetCustomizations: { signInLabel: 'Hi' } });
      expect(labelled.pageContent).toBeNull();
      expect(labelled.widgetCustomizations).not.toHaveProperty('postAuthKeepMeSignedInPrompt');
      for (const bad of [
        { widgetVersion: 'newest' },
        { widgetCustomizations: { helpUrl: 'nowhere' } },
        { widgetCustomizations: { widgetGeneration: 'G1' } },
        { contentSecurityPolicySetting: { mode: 'lax' } },
        { contentSecurityPolicySetting: { mode: 'enforced', srcList: ['no source; here'] } },
      ])
        await t.refused('E0000001', 'PUT', page, bad);
      await t.send('PUT', page, { pageContent: '<html></html>', widgetVersion: '^7' });
      expect(await t.get(page)).toMatchObject({ pageContent: '<html></html>', widgetVersion: '^7' });
      const root = await t.get(`/brands/${own.id}/pages/sign-in?expand=default,${state},previewUrl`);
      expect(Object.keys(root._embedded)).toEqual(['default', state, 'previewUrl']);
      await t.send('DELETE', page);
      await t.refused('E0000007', 'GET', page);
    }
    expect((await t.get(`/brands/${own.id}/pages/sign-in/default`)).pageContent).toContain(
      'okta-login-container',
    );
    await t.refused('E0000007', 'GET', '/brands/nothing/pages/sign-in/default');
    expect(await t.eventsOf(own.id)).toContain('system.custom_signin.update');
  },
};

const uiSchema: Story = {
  says: 'UI schemas are made, replaced and removed',
  tell: (t) =>
    live(t, {
      at: '/meta/uischemas',
      made: { uiSchema: { type: 'Group', elements: [] } },
      changed: { uiSchema: { type: 'Group', elements: [{ type: 'Control' }] } },
      gone: 'UISchemaEntity',
      events: [],
    }),
};

const captcha: Story = {
  says: 'an org has one CAPTCHA, which stays while pages ask for it',
  async tell(t) {
    const body = { name: 'c', siteKey: 'site', type: 'HCAPTCHA' };
    await t.refused('E0000001', 'POST', '/captchas', body);
    const { id } = await t.send('POST', '/captchas', { ...body, secretKey: 'hush' });
    const at = `/captchas/${id}`;
    await t.refused('E0000166', 'POST', '/captchas', { ...body, secretKey: 'hush' });
    await t.send('POST', at, { name: 'd' });
    expect(await t.get(at)).toMatchObject({ ...body, name: 'd' });
    await t.send('PUT', at, { ...body, siteKey: 'other' });
    expect(await t.get('/captchas')).toMatchObject([{ ...body, siteKey: 'other' }]);
    await t.refused('E0000001', 'PUT', at, { ...body, type: 'RIDDLE' });
    await t.refused('E0000007', 'PUT', '/org/captcha', { captchaId: 'nothing', enabledPages: ['SSR'] });
    await t.refused('E0000001', 'PUT', '/org/captcha', { captchaId: id, enabledPages: ['HOME'] });
    await t.send('PUT', '/org/captcha', { captchaId: id, enabledPages: ['SSR'] });
    expect(await t.get('/org/captcha')).toMatchObject({ captchaId: id, enabledPages: ['SSR'] });
    await t.refused('E0000168', 'DELETE', at);
    await t.send('DELETE', '/org/captcha');
    expect((await t.get('/org/captcha')).captchaId).toBeNull();
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    expect(await t.eventsOf(id)).toEqual([
      'system.captcha.create',
      'system.captcha.update',
      'system.captcha.update',
      'system.org.captcha.activate',
      'system.org.captcha.deactivate',
      'system.captcha.delete',
    ]);
  },
};

export const lookStories = [brand, theme, mail, signInPage, uiSchema, captcha];
