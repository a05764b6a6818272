/** Every story of a site. */
import { siteStories } from './site.ts';
import type { Story } from './teller.ts';

export const STORIES: readonly Story[] = [...siteStories];
