import { describe, expect, it } from 'vitest';
import { all, GONE, openSdk, type Sdk } from './client.ts';
import { lives } from './life.ts';

const brandOf = async (sdk: Sdk) => (await all(sdk.customizationApi.listBrands()))[0].id as string;

describe('the Customization API of the SDK', () => {
  it('takes a brand through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.customizationApi;
    await lives({
      make: () => api.createBrand({ CreateBrandRequest: { name: 'Blue' } }),
      shows: { name: 'Blue', isDefault: false },
      read: (brandId) => api.getBrand({ brandId }),
      list: () => all(api.listBrands()),
      change: (brandId) => api.replaceBrand({ brandId, brand: { name: 'Green', removePoweredByOkta: true } }),
      changed: { name: 'Green', removePoweredByOkta: true },
      remove: (brandId) => api.deleteBrand({ brandId }),
    });
  });

  it('colours themes, and words pages', async () => {
    const { sdk } = await openSdk();
    const api = sdk.customizationApi;
    let brandId = await brandOf(sdk);
    const [theme] = await all(api.listBrandThemes({ brandId }));
    const at = { brandId, themeId: theme.id };
    const colours = {
      primaryColorHex: '#123456',
      secondaryColorHex: '#654321',
      signInPageTouchPointVariant: 'OKTA_DEFAULT',
      endUserDashboardTouchPointVariant: 'OKTA_DEFAULT',
      errorPageTouchPointVariant: 'OKTA_DEFAULT',
      emailTemplateTouchPointVariant: 'OKTA_DEFAULT',
    };
    await api.replaceBrandTheme({ ...at, theme: colours });
    expect((await api.getBrandTheme(at)).primaryColorHex).toBe('#123456');
    ({ id: brandId } = await api.createBrand({ CreateBrandRequest: { name: 'Blue' } }));
    const page = { pageContent: '<!DOCTYPE html><html><body>{{{OktaUtil}}}</body></html>' };
    await api.replaceCustomizedSignInPage({ brandId, SignInPage: { ...page, widgetVersion: '^7' } });
    expect((await api.getCustomizedSignInPage({ brandId })).pageContent).toBe(page.pageContent);
    await api.deleteCustomizedSignInPage({ brandId });
    await expect(api.getCustomizedSignInPage({ brandId })).rejects.toMatchObject(GONE);
    await api.replaceCustomizedErrorPage({ brandId, ErrorPage: page });
    expect((await api.getCustomizedErrorPage({ brandId })).pageContent).toBe(page.pageContent);
    await api.deleteCustomizedErrorPage({ brandId });
    await api.replaceSignOutPageSettings({ brandId, HostedPage: { type: 'OKTA_DEFAULT' } });
    expect((await api.getSignOutPageSettings({ brandId })).type).toBe('OKTA_DEFAULT');
    expect((await api.getDefaultSignInPage({ brandId })).pageContent).toContain('html');
    expect((await api.getSignInPage({ brandId }))._links).toBeDefined();
    expect((await all(api.listAllSignInWidgetVersions({ brandId }))).length).toBeGreaterThan(0);
  });

  it('words mails in every language', async () => {
    const { sdk } = await openSdk();
    const api = sdk.customizationApi;
    const brandId = await brandOf(sdk);
    const at = { brandId, templateName: 'UserActivation' };
    const worded = (language: string, isDefault = false) => ({
      language,
      isDefault,
      subject: `Hello ${language}`,
      body: 'Go to <a href="${activationLink}">here</a>',
    });
    const first = await api.createEmailCustomization({ ...at, instance: worded('en', true) });
    const second = await api.createEmailCustomization({ ...at, instance: worded('de') });
    expect(await all(api.listEmailCustomizations(at))).toHaveLength(2);
    const one = { ...at, customizationId: second.id };
    await api.replaceEmailCustomization({ ...one, instance: worded('fr') });
    expect((await api.getEmailCustomization(one)).language).toBe('fr');
    expect((await api.getCustomizationPreview(one)).subject).toBe('Hello fr');
    await api.deleteEmailCustomization(one);
    await expect(api.getEmailCustomization(one)).rejects.toMatchObject(GONE);
    expect((await api.getEmailCustomization({ ...at, customizationId: first.id })).isDefault).toBe(true);
    await api.deleteAllCustomizations(at);
    expect((await api.getEmailDefaultContent(at)).subject).toBeTruthy();
    expect((await api.getEmailDefaultPreview(at)).body).toBeTruthy();
    await api.replaceEmailSettings({ ...at, EmailSettings: { recipients: 'ADMINS_ONLY' } });
    expect((await api.getEmailSettings(at)).recipients).toBe('ADMINS_ONLY');
    expect((await api.getEmailTemplate(at)).name).toBe('UserActivation');
    expect((await all(api.listEmailTemplates({ brandId }))).length).toBeGreaterThan(10);
  });
});

describe('the CustomDomain and EmailDomain APIs of the SDK', () => {
  it('take a domain through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.customDomainApi;
    const brandId = await brandOf(sdk);
    const domain = { domain: 'login.acme.example', certificateSourceType: 'MANUAL' };
    const { id: domainId } = await api.createCustomDomain({ domain });
    expect((await api.verifyDomain({ domainId })).validationStatus).toBe('FAILED_TO_VERIFY');
    await api.replaceCustomDomain({ domainId, UpdateDomain: { brandId } });
    expect((await api.getCustomDomain({ domainId })).brandId).toBe(brandId);
    expect((await api.listCustomDomains()).domains).toHaveLength(1);
    await api.deleteCustomDomain({ domainId });
    await expect(api.getCustomDomain({ domainId })).rejects.toMatchObject({ status: 404 });
  });

  it('take a sender through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.emailDomainApi;
    const brandId = await brandOf(sdk);
    const emailDomain = { brandId, domain: 'acme.example', displayName: 'Acme', userName: 'no-reply' };
    await lives({
      make: () => api.createEmailDomain({ emailDomain }),
      shows: { domain: 'acme.example', userName: 'no-reply' },
      read: (emailDomainId) => api.getEmailDomain({ emailDomainId }),
      list: () => all(api.listEmailDomains()),
      change: (emailDomainId) =>
        api.replaceEmailDomain({ emailDomainId, updateEmailDomain: { displayName: 'A', userName: 'hello' } }),
      changed: { displayName: 'A', userName: 'hello' },
      remove: (emailDomainId) => api.deleteEmailDomain({ emailDomainId }),
    });
  });
});

describe('the EmailServer API of the SDK', () => {
  it('takes a server through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.emailServerApi;
    await lives({
      make: () =>
        api.createEmailServer({
          emailServerPost: {
            alias: 'One',
            host: 'mail.example',
            port: 25,
            username: 'u',
            password: 'p',
            enabled: false,
          },
        }),
      shows: { alias: 'One', host: 'mail.example', port: 25 },
      read: (emailServerId) => api.getEmailServer({ emailServerId }),
      list: async () =>
        (await api.listEmailServers())['email-servers'] ?? (await api.listEmailServers()).email_servers,
      change: (emailServerId) =>
        api.updateEmailServer({ emailServerId, emailServerRequest: { alias: 'Two' } }),
      changed: { alias: 'Two' },
      remove: (emailServerId) => api.deleteEmailServer({ emailServerId }),
    });
  });
});

describe('the Template API of the SDK', () => {
  it('takes a text message through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.templateApi;
    const smsTemplate = (template: string) => ({ name: 'Ours', type: 'SMS_VERIFY_CODE', template });
    await lives({
      make: () => api.createSmsTemplate({ smsTemplate: smsTemplate('Code: ${code}') }),
      shows: { name: 'Ours', template: 'Code: ${code}' },
      read: (templateId) => api.getSmsTemplate({ templateId }),
      list: () => all(api.listSmsTemplates({ templateType: 'SMS_VERIFY_CODE' })),
      change: async (templateId) => {
        await api.updateSmsTemplate({ templateId, smsTemplate: { translations: { de: 'Kode: ${code}' } } });
        await api.replaceSmsTemplate({ templateId, smsTemplate: smsTemplate('Yours: ${code}') });
      },
      changed: { template: 'Yours: ${code}' },
      remove: (templateId) => api.deleteSmsTemplate({ templateId }),
    });
  });
});
