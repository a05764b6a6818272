/** Pictures of members: uploaded ones, and those that Slack draws for who has none. */
import { createHash } from 'node:crypto';
import { HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { PHOTO_BYTES_MAX, PHOTO_SIDE_MAX } from '../../limits.ts';
import type { Profile, User } from '../../world.ts';
import { imageSize } from '../files/fileType.ts';
import { changeUser } from './user.ts';

/** What a profile says of a picture. */
export type Photo = Pick<Profile, 'avatar_hash' | 'image_24' | 'image_32' | 'image_48' | 'image_72'> &
  Pick<Profile, 'image_192' | 'image_512' | 'image_1024' | 'image_original' | 'is_custom_image'>;

/** An uploaded picture, by the digest in its addresses and the day of its upload. */
export function customPhoto(hash: string, day: string = '2024-01-15'): Photo {
  const image = (size: number | 'original') => `https://avatars.slack-edge.com/${day}/${hash}_${size}.png`;
  return {
    avatar_hash: hash,
    image_original: image('original'),
    is_custom_image: true,
    ...sizes(image),
    image_1024: image(1024),
  };
}

/** The addresses of a picture in all sizes that everybody has. */
export const sizes = (image: (size: number) => string) => ({
  image_24: image(24),
  image_32: image(32),
  image_48: image(48),
  image_72: image(72),
  image_192: image(192),
  image_512: image(512),
});

/** Gives a member a picture. Throws `bad_image`, `too_large`. https://docs.slack.dev/reference/methods/users.setPhoto */
export function setPhoto(world: World, user: User, bytes: Uint8Array | undefined): Photo {
  const size = bytes && imageSize(bytes);
  if (!bytes || !size) throw refuse('bad_image');
  const side = Math.max(size.width, size.height);
  if (bytes.length > PHOTO_BYTES_MAX || side > PHOTO_SIDE_MAX) throw refuse('too_large');
  const hash = createHash('sha1').update(bytes).digest('hex').slice(0, 12);
  const photo = customPhoto(hash, new Date(world.now()).toISOString().slice(0, 10));
  changeUser(world, user, { profile: { ...user.profile, ...photo } }, ['user_profile_changed']);
  return photo;
}

/** Takes a member's picture away; Slack shows one of its own. */
export function deletePhoto(world: World, user: User): void {
  const { image_original: _, is_custom_image: __, image_1024: ___, ...rest } = user.profile;
  const digest = createHash('md5')
    .update(rest.email ?? user.id)
    .digest('hex');
  const nth = String(1 + (Number.parseInt(digest.slice(0, 4), 16) % 26)).padStart(4, '0');
  const drawn = (size: number) =>
    `https://a.slack-edge.com/80588/img/avatars/user_shapes/ava_${nth}-${size}.png`;
  const image = (size: number) =>
    `https://secure.gravatar.com/avatar/${digest}.jpg?s=${size}&d=${encodeURIComponent(drawn(size))}`;
  const hash = `g${world.drawFor('slack.gravatar', user.id).chars(HEX, 11)}`;
  changeUser(world, user, { profile: { ...rest, ...sizes(image), avatar_hash: hash } }, [
    'user_profile_changed',
  ]);
}
