import { appStories } from './apps.ts';
import { connectStories } from './connect.ts';
import { hostedStories } from './hosted.ts';
import { peopleStories } from './people.ts';
import { talkStories } from './talk.ts';
import type { Story } from './teller.ts';
import { workStories } from './work.ts';

/** Every family's stories: together they call each method at least once. */
export const stories: readonly Story[] = [
  ...talkStories,
  ...peopleStories,
  ...workStories,
  ...connectStories,
  ...hostedStories,
  ...appStories,
];
