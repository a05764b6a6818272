import { describe, expect, it } from 'vitest';
import { ANN, openDomain } from '../domain.ts';

describe('apps', () => {
  it.each(['v2', 'v3'])(
    'are the programs that a person has let into their Drive, one by one too (%s)',
    async (version) => {
      const { call, tokenFor } = await openDomain();
      expect((await call(`GET /drive/${version}/apps`)).status).toBe(403);
      const token = tokenFor(ANN, ['drive.apps.readonly', 'drive']);
      const { body } = await call(`GET /drive/${version}/apps`, undefined, token);
      const [app] = body.items as unknown as { id: string }[];
      expect(app).toMatchObject({
        kind: 'drive#app',
        id: expect.stringMatching(/^\d+$/),
        hasDriveWideScope: true,
      });
      expect((await call(`GET /drive/${version}/apps/${app?.id}`, undefined, token)).body).toEqual(app);
      expect((await call(`GET /drive/${version}/apps/1`, undefined, token)).status).toBe(404);
      const opening = await call(`GET /drive/${version}/apps?appFilterExtensions=psd`, undefined, token);
      expect(opening.body.items).toEqual([]);
    },
  );
});
