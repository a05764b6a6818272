import { expect } from 'vitest';
import type { WorldFile } from '../../../../src/world/file.ts';
import { google } from '../../../../twins/google/twin.ts';
import { ANN, type Domain, WORLD } from '../domain.ts';
import type { Story } from './teller.ts';

const FILE = 'https://www.googleapis.com/auth/drive.file';
const CLOUD = 'https://www.googleapis.com/auth/cloud-platform';
const SCREEN: WorldFile = {
  ...WORLD,
  google: { ...WORLD.google, clients: [{ name: 'Screen', type: 'tv' }] },
};

const credentialsOf = (domain: Domain) =>
  google.credentials.document(domain.universe.view('google'), domain.base('google')).credentials as {
    clientId: string;
    clientSecret: string;
    refreshToken: string;
    serviceAccount: { client_email: string };
    clients: { installed: { client_id: string; client_secret: string } }[];
  };

export const IDENTITY: readonly Story[] = [
  {
    says: 'a token is refreshed, looked at, used to see who it is for, and revoked',
    async tell({ domain, get, send, ask, refused }) {
      const {
        clientId: client_id,
        clientSecret: client_secret,
        refreshToken: refresh_token,
      } = credentialsOf(domain);
      const form = { grant_type: 'refresh_token', client_id, client_secret, refresh_token };
      const { access_token } = await send('POST', '/token', form);
      const info = await ask('POST', `/oauth2/v2/tokeninfo?access_token=${access_token}`);
      expect(info).toMatchObject({ audience: client_id, email: ANN, verified_email: true });
      expect(info.expires_in).toBeGreaterThan(3_500);
      const person = await get('/oauth2/v2/userinfo');
      expect(person).toMatchObject({
        id: info.user_id,
        email: ANN,
        verified_email: true,
        hd: 'acme.example',
      });
      expect(await get('/userinfo/v2/me')).toEqual(person);
      expect(await get('/v1/userinfo')).toMatchObject({ sub: person.id, email_verified: true });
      await send('POST', '/revoke', { token: access_token });
      expect(await refused(400, 'POST', '/token', form)).toMatchObject({ error: 'invalid_grant' });
      expect(await refused(400, 'GET', `/oauth2/v2/tokeninfo?access_token=${access_token}`)).toEqual({
        error: 'invalid_token',
        error_description: 'Invalid Value',
      });
    },
  },
  {
    says: 'keys and addresses are published',
    async tell({ domain, get }) {
      expect(Object.keys(await get('/oauth2/v1/certs'))).toEqual([
        (await get('/oauth2/v3/certs')).keys[0].kid,
      ]);
      expect((await get('/.well-known/openid-configuration')).jwks_uri).toMatch(/\/oauth2\/v3\/certs$/);
      const { client_email } = credentialsOf(domain).serviceAccount;
      expect(Object.keys(await get(`/robot/v1/metadata/x509/${client_email}`))).toHaveLength(1);
      expect((await get('/discovery/v1/apis?name=drive')).items).toHaveLength(1);
      expect((await get('/discovery/v1/apis/drive/v3/rest')).id).toBe('drive:v3');
    },
  },
  {
    says: 'a device asks for a code and waits',
    world: SCREEN,
    async tell({ domain, send, refused }) {
      const { client_id = '', client_secret = '' } = credentialsOf(domain).clients[0]?.installed ?? {};
      const { device_code, user_code } = await send('POST', '/device/code', { client_id, scope: FILE });
      domain.universe.work('google', (world) =>
        google.gestures.connectDevice?.perform(world, ANN, { code: user_code } as never),
      );
      const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
      const form = { grant_type, client_id, client_secret, device_code };
      expect(await send('POST', '/token', form)).toMatchObject({ scope: FILE, token_type: 'Bearer' });
      await refused(400, 'POST', '/token', form);
    },
  },
  {
    says: 'the project’s owner acts as the service account',
    async tell({ domain, request }) {
      const { client_email } = credentialsOf(domain).serviceAccount;
      const token = domain.tokenFor(ANN, [CLOUD]);
      const account = `/v1/projects/-/serviceAccounts/${client_email}`;
      const path = (verb: string) => `${account}:${verb}?access_token=${token}`;
      // Ann's own token has no scope for this.
      expect((await request('POST', `${account}:signBlob`, {})).status).toBe(403);
      const said = async (verb: string, body: unknown) =>
        (await domain.call(`POST ${path(verb)}`, body, null)).body;
      expect(await said('generateAccessToken', { scope: [FILE] })).toMatchObject({
        accessToken: expect.any(String),
      });
      expect(await said('generateIdToken', { audience: 'x' })).toMatchObject({ token: expect.any(String) });
    },
  },
];
