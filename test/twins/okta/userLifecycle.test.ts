import { describe, expect, it } from 'vitest';
import { openOrg, type TestOrg } from './org.ts';

const read = async (org: TestOrg, id: string) => (await org.call('GET', `/api/v1/users/${id}`)).body;
const act = (org: TestOrg, id: string, action: string, query = '') =>
  org.call('POST', `/api/v1/users/${id}/lifecycle/${action}${query}`);

async function withUser(credentials?: object) {
  const org = await openOrg();
  const email = 'isaac@acme.example';
  const { body } = await org.call('POST', '/api/v1/users?activate=false', {
    profile: { firstName: 'Isaac', lastName: 'Brock', email, login: email },
    credentials,
  });
  return { org, id: body.id as string };
}

describe('the lifecycle of a user', () => {
  it('goes from staged over active, suspended and deactivated to gone', async () => {
    const { org, id } = await withUser({ password: { value: 'Tr0ub4dor-x' } });
    const seen = [(await read(org, id)).status];
    for (const action of [
      'activate',
      'suspend',
      'unsuspend',
      'expire_password',
      'reset_password',
      'deactivate',
    ]) {
      expect((await act(org, id, action)).status).toBe(200);
      seen.push((await read(org, id)).status);
    }
    expect(seen).toEqual([
      'STAGED',
      'ACTIVE',
      'SUSPENDED',
      'ACTIVE',
      'PASSWORD_EXPIRED',
      'RECOVERY',
      'DEPROVISIONED',
    ]);
    expect((await org.call('DELETE', `/api/v1/users/${id}`)).status).toBe(204);
    expect((await org.call('GET', `/api/v1/users/${id}`)).status).toBe(404);
  });

  it('activates one without a password as PROVISIONED, with a link where no mail is sent', async () => {
    const { org, id } = await withUser();
    const activated = await act(org, id, 'activate', '?sendEmail=false');
    expect(activated.body.activationUrl).toContain(activated.body.activationToken);
    expect((await read(org, id)).status).toBe('PROVISIONED');
  });

  it('refuses each action in the wrong status with the vendor’s own error', async () => {
    const { org, id } = await withUser({ password: { value: 'Tr0ub4dor-x' } });
    const codeOf = async (action: string) => {
      const { status, body } = await act(org, id, action);
      return `${status} ${body.errorCode}`;
    };
    expect(await codeOf('suspend')).toBe('400 E0000001');
    expect(await codeOf('reactivate')).toBe('403 E0000038');
    await act(org, id, 'activate');
    expect(await codeOf('activate')).toBe('403 E0000016');
    expect(await codeOf('unsuspend')).toBe('400 E0000001');
    const unlock = await act(org, id, 'unlock');
    expect(unlock.body).toMatchObject({
      errorCode: 'E0000032',
      errorCauses: [{ errorSummary: 'The user is not locked out.' }],
    });
  });

  it('deletes in two steps: the first deactivates', async () => {
    const org = await openOrg();
    const { id } = await read(org, 'bob');
    expect((await org.call('DELETE', `/api/v1/users/${id}`)).status).toBe(204);
    const gone = await read(org, id);
    expect(gone.status).toBe('DEPROVISIONED');
    expect(gone._links.delete.method).toBe('DELETE');
    expect((await org.call('DELETE', `/api/v1/users/${id}`)).status).toBe(204);
    expect((await org.call('GET', `/api/v1/users/${id}`)).status).toBe(404);
    const members = await org.call('GET', '/api/v1/groups?q=Engineering');
    expect((await org.call('GET', `/api/v1/groups/${members.body[0].id}/users`)).body).toEqual([]);
  });

  it('offers links that fit the status', async () => {
    const { org, id } = await withUser({ password: { value: 'Tr0ub4dor-x' } });
    const names = async () => Object.keys((await read(org, id))._links).sort();
    expect(await names()).toEqual(['activate', 'resetFactors', 'schema', 'self', 'type']);
    await act(org, id, 'activate');
    expect(await names()).toContain('suspend');
    await act(org, id, 'suspend');
    expect(await names()).toEqual(['deactivate', 'resetFactors', 'schema', 'self', 'type', 'unsuspend']);
  });

  it('takes every app from who is deactivated', async () => {
    const org = await openOrg();
    const [app] = (await org.call('GET', '/api/v1/apps?q=Wiki')).body;
    const { id } = await read(org, 'bob');
    const assigned = async () => (await org.call('GET', `/api/v1/apps/${app.id}/users`)).body.length;
    expect(await assigned()).toBe(1);
    await act(org, id, 'deactivate');
    expect(await assigned()).toBe(0);
  });

  it('hands out a reset link only where no mail is sent', async () => {
    const { org, id } = await withUser({ password: { value: 'Tr0ub4dor-x' } });
    await act(org, id, 'activate');
    const reset = await act(org, id, 'reset_password', '?sendEmail=false');
    expect(reset.body.resetPasswordUrl).toMatch(/\/reset_password\/[\w-]{20}$/);
  });
});
