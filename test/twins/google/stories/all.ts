/** Every story of the domain, area by area. */
import type { Story } from './teller.ts';
import { VALUES } from './values.ts';

export const STORIES: readonly Story[] = [...VALUES];
