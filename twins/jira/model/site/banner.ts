/**
 * The announcement banner at the top of the site's pages.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-announcement-banner/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { TEXT_CHARS_MAX } from '../../limits.ts';
import { type Banner, banners, type User } from '../../world.ts';
import { audit, changesOf } from './audit.ts';

const NONE: Banner = {
  id: 'banner',
  message: '',
  isDismissible: false,
  isEnabled: false,
  visibility: 'public',
};

/** The banner; an empty one that is off where nobody set any. */
export const bannerOf = (world: World): Banner => world.get(banners, 'banner') ?? NONE;

/** Changes what is said of the banner; 400 for something of a wrong type. */
export function setBanner(world: World, user: User, input: Readonly<Record<string, unknown>>): void {
  const before = bannerOf(world);
  const { message = before.message, visibility = before.visibility } = input;
  const { isDismissible = before.isDismissible, isEnabled = before.isEnabled } = input;
  if (typeof message !== 'string' || message.length > TEXT_CHARS_MAX)
    throw badQuery(`The banner message must be a text of at most ${TEXT_CHARS_MAX} characters.`);
  if (visibility !== 'public' && visibility !== 'private')
    throw badQuery("The banner visibility must be 'public' or 'private'.");
  if (typeof isDismissible !== 'boolean' || typeof isEnabled !== 'boolean')
    throw badQuery('isDismissible and isEnabled must be true or false.');
  const after: Banner = { id: 'banner', message, visibility, isDismissible, isEnabled };
  world.put(banners, after);
  audit(world, {
    summary: 'Announcement banner updated',
    category: 'system',
    author: user,
    changedValues: changesOf(before, after),
  });
}
