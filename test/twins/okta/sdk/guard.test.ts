import { describe, expect, it } from 'vitest';
import { all, openSdk } from './client.ts';
import { lives } from './life.ts';

describe('the NetworkZone API of the SDK', () => {
  it('takes a zone through its life', async () => {
    const { sdk } = await openSdk();
    const zone = (name: string) => ({
      type: 'IP',
      name,
      usage: 'POLICY',
      gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
    });
    await lives({
      make: () => sdk.networkZoneApi.createNetworkZone({ zone: zone('Office') }),
      shows: { name: 'Office', type: 'IP', usage: 'POLICY' },
      read: (zoneId) => sdk.networkZoneApi.getNetworkZone({ zoneId }),
      list: () => all(sdk.networkZoneApi.listNetworkZones()),
      change: (zoneId) => sdk.networkZoneApi.replaceNetworkZone({ zoneId, zone: zone('Home') }),
      changed: { name: 'Home' },
      turnOff: (zoneId) => sdk.networkZoneApi.deactivateNetworkZone({ zoneId }),
      turnOn: (zoneId) => sdk.networkZoneApi.activateNetworkZone({ zoneId }),
      remove: (zoneId) => sdk.networkZoneApi.deleteNetworkZone({ zoneId }),
    });
  });
});

describe('the TrustedOrigin API of the SDK', () => {
  it('takes an origin through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.trustedOriginApi;
    const trustedOrigin = { name: 'App', origin: 'https://app.example', scopes: [{ type: 'CORS' }] };
    await lives({
      make: () => api.createTrustedOrigin({ trustedOrigin }),
      shows: trustedOrigin,
      read: (trustedOriginId) => api.getTrustedOrigin({ trustedOriginId }),
      list: () => all(api.listTrustedOrigins()),
      change: (trustedOriginId) =>
        api.replaceTrustedOrigin({ trustedOriginId, trustedOrigin: { ...trustedOrigin, name: 'Web' } }),
      changed: { name: 'Web' },
      turnOff: (trustedOriginId) => api.deactivateTrustedOrigin({ trustedOriginId }),
      turnOn: (trustedOriginId) => api.activateTrustedOrigin({ trustedOriginId }),
      remove: (trustedOriginId) => api.deleteTrustedOrigin({ trustedOriginId }),
    });
  });
});

describe('the Behavior API of the SDK', () => {
  it('takes a detection rule through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.behaviorApi;
    const rule = (name: string) => ({ type: 'VELOCITY', name, settings: { velocityKph: 805 } });
    await lives({
      make: () => api.createBehaviorDetectionRule({ rule: rule('Fast') }),
      shows: { name: 'Fast', type: 'VELOCITY' },
      read: (behaviorId) => api.getBehaviorDetectionRule({ behaviorId }),
      list: () => all(api.listBehaviorDetectionRules()),
      change: (behaviorId) => api.replaceBehaviorDetectionRule({ behaviorId, rule: rule('Faster') }),
      changed: { name: 'Faster' },
      turnOff: (behaviorId) => api.deactivateBehaviorDetectionRule({ behaviorId }),
      turnOn: (behaviorId) => api.activateBehaviorDetectionRule({ behaviorId }),
      remove: (behaviorId) => api.deleteBehaviorDetectionRule({ behaviorId }),
    });
  });
});

describe('the DeviceAssurance API of the SDK', () => {
  it('takes a policy through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.deviceAssuranceApi;
    const deviceAssurance = (name: string) => ({
      name,
      platform: 'MACOS',
      osVersion: { minimum: '14.1.0' },
      screenLockType: { include: ['BIOMETRIC', 'PASSCODE'] },
    });
    await lives({
      make: () => api.createDeviceAssurancePolicy({ deviceAssurance: deviceAssurance('Macs') }),
      shows: { name: 'Macs', platform: 'MACOS' },
      read: (deviceAssuranceId) => api.getDeviceAssurancePolicy({ deviceAssuranceId }),
      list: () => all(api.listDeviceAssurancePolicies()),
      change: (deviceAssuranceId) =>
        api.replaceDeviceAssurancePolicy({ deviceAssuranceId, deviceAssurance: deviceAssurance('Apples') }),
      changed: { name: 'Apples' },
      remove: (deviceAssuranceId) => api.deleteDeviceAssurancePolicy({ deviceAssuranceId }),
    });
  });
});

describe('the CAPTCHA API of the SDK', () => {
  it('takes a CAPTCHA through its life, and shows it on pages', async () => {
    const { sdk } = await openSdk();
    const api = sdk.captchaApi;
    const instance = { name: 'Gate', type: 'HCAPTCHA', siteKey: 'site', secretKey: 'hush' };
    await lives({
      make: () => api.createCaptchaInstance({ instance }),
      shows: { name: 'Gate', type: 'HCAPTCHA', siteKey: 'site' },
      read: (captchaId) => api.getCaptchaInstance({ captchaId }),
      list: () => all(api.listCaptchaInstances()),
      change: async (captchaId) => {
        await api.updateCaptchaInstance({ captchaId, instance: { name: 'Door' } });
        await api.replaceCaptchaInstance({ captchaId, instance: { ...instance, name: 'Wall' } });
        const orgCAPTCHASettings = { captchaId, enabledPages: ['SIGN_IN'] };
        await api.replacesOrgCaptchaSettings({ orgCAPTCHASettings });
        expect((await api.getOrgCaptchaSettings()).enabledPages).toEqual(['SIGN_IN']);
        await api.deleteOrgCaptchaSettings();
      },
      changed: { name: 'Wall' },
      remove: (captchaId) => api.deleteCaptchaInstance({ captchaId }),
    });
  });
});

describe('the ThreatInsight API of the SDK', () => {
  it('blocks or only tells', async () => {
    const { sdk } = await openSdk();
    const api = sdk.threatInsightApi;
    await api.updateConfiguration({ threatInsightConfiguration: { action: 'block', excludeZones: [] } });
    expect((await api.getCurrentConfiguration()).action).toBe('block');
  });
});
