import { expect } from 'vitest';
import { ANN } from '../domain.ts';
import type { Story } from './teller.ts';

export const COMMENTS: readonly Story[] = [
  {
    says: 'people talk about a file and settle it',
    async tell({ domain, get, send, refused }) {
      const all = `/drive/v3/files/${await domain.fileId('Plan')}/comments`;
      const made = await send('POST', `${all}?fields=*`, {
        content: `Which hill, @${ANN}?`,
        anchor: '{"r":"head"}',
        quotedFileContent: { mimeType: 'text/plain', value: 'the hill' },
      });
      expect(made.mentionedEmailAddresses).toEqual([ANN]);
      const one = `${all}/${made.id}`;
      await send('PATCH', `${one}?fields=*`, { content: 'Which?' });
      await refused(400, 'GET', one);
      const reply = await send('POST', `${one}/replies?fields=*`, { content: 'That one', action: 'resolve' });
      const its = `${one}/replies/${reply.id}`;
      await send('PATCH', `${its}?fields=*`, { content: 'This one' });
      expect(await get(`${its}?fields=*`)).toMatchObject({ action: 'resolve', content: 'This one' });
      expect((await get(`${one}/replies?fields=*`)).replies).toHaveLength(1);
      expect(await get(`${one}?fields=*`)).toMatchObject({ resolved: true });
      await send('DELETE', its);
      await send('DELETE', one);
      expect((await get(`${all}?fields=*`)).comments).toEqual([]);
      expect((await get(`${all}?fields=*&includeDeleted=true`)).comments).toMatchObject([{ deleted: true }]);
    },
  },
  {
    says: 'revisions of a file are kept, published and deleted',
    async tell({ domain, get, send }) {
      const { id } = await send('POST', '/drive/v3/files', { name: 'n.txt', mimeType: 'text/plain' });
      await domain.call(`PATCH /upload/drive/v3/files/${id}?uploadType=media`, '"more"');
      const all = `/drive/v3/files/${id}/revisions`;
      const { revisions } = await get(`${all}?fields=*`);
      expect(await get(`${all}/${revisions[0].id}?fields=*`)).toMatchObject({ keepForever: false });
      await send('PATCH', `${all}/${revisions[0].id}?fields=*`, { keepForever: true });
      await send('DELETE', `${all}/${revisions[0].id}`);
      const sheet = `/drive/v3/files/${await domain.fileId('Budget')}/revisions/1`;
      const published = await send('PATCH', `${sheet}?fields=*`, { published: true, publishAuto: true });
      expect(published.publishedLink).toMatch(/\/spreadsheets\/d\/e\/2PACX-.*\/pub$/);
    },
  },
];
