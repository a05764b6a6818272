import { expect } from 'vitest';
import { BOB } from '../domain.ts';
import type { Story } from './teller.ts';

export const DRIVES: readonly Story[] = [
  {
    says: 'a shared drive is made, looked after and taken away',
    async tell({ get, send, refused, as }) {
      const { id } = await send('POST', '/drive/v3/drives?requestId=r', { name: 'Ops', themeId: 'waves' });
      await refused(409, 'POST', '/drive/v3/drives?requestId=r', { name: 'Ops' });
      const one = `/drive/v3/drives/${id}`;
      expect(await get(`${one}?fields=*`)).toMatchObject({
        name: 'Ops',
        capabilities: { canRenameDrive: true },
      });
      await send('PATCH', `${one}?fields=*`, {
        name: 'Operations',
        colorRgb: '#ff0000',
        restrictions: { domainUsersOnly: true, downloadRestriction: { restrictedForReaders: true } },
      });
      await as(BOB).refused(404, 'GET', one);
      const members = `/drive/v3/files/${id}/permissions?supportsAllDrives=true`;
      await send('POST', members, { type: 'user', role: 'fileOrganizer', emailAddress: BOB });
      expect((await get(members)).permissions).toHaveLength(2);
      await send('POST', `${one}/hide`);
      expect((await get('/drive/v3/drives?q=hidden=true&fields=*')).drives).toMatchObject([{ hidden: true }]);
      await send('POST', `${one}/unhide`);
      const inside = { name: 'f', parents: [id] };
      const file = await send('POST', '/drive/v3/files?supportsAllDrives=true', inside);
      await refused(403, 'DELETE', one);
      await send('PATCH', `/drive/v3/files/${file.id}?supportsAllDrives=true`, { trashed: true });
      await send('DELETE', one);
      await refused(404, 'GET', one);
    },
  },
];
