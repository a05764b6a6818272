/** The site itself. */
import { expect } from 'vitest';
import type { Story } from './teller.ts';

export const siteStories: readonly Story[] = [
  {
    says: 'a site tells what it is',
    async tell(t) {
      expect(await t.get('/serverInfo')).toMatchObject({ deploymentType: 'Cloud' });
    },
  },
];
