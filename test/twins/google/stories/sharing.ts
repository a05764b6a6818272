import { expect } from 'vitest';
import { BOB, CEM } from '../domain.ts';
import type { Story } from './teller.ts';

export const SHARING: readonly Story[] = [
  {
    says: 'a file is shared with somebody, with anyone, and no more',
    async tell({ domain, get, send, refused, as }) {
      const id = await domain.fileId('Plan');
      const all = `/drive/v3/files/${id}/permissions`;
      const given = await send('POST', `${all}?emailMessage=Look&fields=*`, {
        type: 'user',
        role: 'commenter',
        emailAddress: BOB,
      });
      expect(given).toMatchObject({ displayName: 'Bob Builder', deleted: false });
      expect(await get(`${all}/${given.id}`)).toMatchObject({ role: 'commenter' });
      const end = new Date(domain.universe.now() + 3_600_000).toISOString();
      await send('PATCH', `${all}/${given.id}`, { role: 'reader', expirationTime: end });
      await send('PATCH', `${all}/${given.id}?removeExpiration=true`, { role: 'writer' });
      await send('POST', all, { type: 'anyone', role: 'reader', allowFileDiscovery: true });
      expect((await get(`${all}?fields=*`)).permissions).toHaveLength(3);
      await as(BOB).refused(404, 'DELETE', `${all}/unknown`);
      await send('DELETE', `${all}/anyoneWithLink`);
      await send('DELETE', `${all}/${given.id}`);
      await as(BOB).refused(404, 'GET', `/drive/v3/files/${id}`);
      await refused(403, 'POST', all, { type: 'user', role: 'owner', emailAddress: BOB });
      await send('POST', `${all}?transferOwnership=true`, { type: 'user', role: 'owner', emailAddress: BOB });
    },
  },
  {
    says: 'somebody asks for access and gets it',
    async tell({ domain, get, send, as }) {
      const id = await domain.fileId('Plan');
      const { universe } = domain;
      universe.gesture({
        twin: 'google',
        gesture: 'requestAccess',
        as: CEM,
        with: { link: id },
        by: 'operator',
      });
      const all = `/drive/v3/files/${id}/accessproposals`;
      const [proposal] = (await get(all)).accessProposals;
      const one = `${all}/${proposal.proposalId}`;
      expect(await get(one)).toMatchObject({ requesterEmailAddress: CEM });
      await send('POST', `${one}:resolve`, { action: 'ACCEPT', role: ['reader'], sendNotification: true });
      expect(await as(CEM).get(`/drive/v3/files/${id}?fields=*`)).toMatchObject({ name: 'Plan' });
    },
  },
];
