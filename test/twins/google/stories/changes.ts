import { expect } from 'vitest';
import type { Story } from './teller.ts';

export const CHANGES: readonly Story[] = [
  {
    says: 'changes are followed and told of',
    async tell({ domain, get, send }) {
      const { startPageToken } = await get('/drive/v3/changes/startPageToken');
      const hook = {
        id: 'c1',
        type: 'web_hook',
        address: 'https://app.example/hook',
        token: 't',
        payload: true,
      };
      const expiration = String(domain.universe.now() + 60_000);
      const list = `/drive/v3/changes?pageToken=${startPageToken}`;
      const channel = await send('POST', `/drive/v3/changes/watch?pageToken=${startPageToken}`, {
        ...hook,
        expiration,
      });
      expect(channel).toMatchObject({ kind: 'api#channel', expiration });
      const { id } = await send('POST', '/drive/v3/files', { name: 'New' });
      const drive = await send('POST', '/drive/v3/drives?requestId=r', { name: 'Ops' });
      await send('POST', `/drive/v3/files/${id}/watch`, { ...hook, id: 'c2' });
      expect((await get(`${list}&fields=*`)).changes).toMatchObject([{ fileId: id, file: { name: 'New' } }]);
      const all = await get(`${list}&includeItemsFromAllDrives=true&supportsAllDrives=true&fields=*`);
      expect(all.changes).toMatchObject([{ fileId: id }, { changeType: 'drive', driveId: drive.id }]);
      await send('POST', '/drive/v3/channels/stop', { id: 'c1', resourceId: channel.resourceId });
    },
  },
];
