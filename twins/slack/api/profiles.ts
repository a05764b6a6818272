/** `users.profile.*`, pictures, `users.identity`, `team.profile.get`: what members say of themselves. */
import type { Endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { type Args, flag, json, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { deletePhoto, setPhoto } from '../model/people/photo.ts';
import { setProfile } from '../model/people/profile.ts';
import { labelled, teamProfile } from '../model/people/profileField.ts';
import { theTeam } from '../model/people/team.ts';
import { profileView, theUser } from '../model/people/user.ts';
import { isObject, type Json, type Token } from '../world.ts';
import { both, method } from './method.ts';

const writing = { user: ['users.profile:write'] };

export const profileMethods: readonly Endpoint[] = [
  method('users.profile.get', { ...both('users.profile:read'), tier: 'Tier4' }, ({ world, actor, args }) => {
    const { profile } = theUser(world, text(args, 'user') || actor.user);
    const fields = flag(args, 'include_labels') ? labelled(world, profile.fields) : (profile.fields ?? {});
    return { profile: { ...profileView(actor, profile), fields } };
  }),
  method('users.profile.set', { ...writing, tier: 'Tier3' }, ({ world, actor, args }) => {
    const user = setProfile(world, actor, theUser(world, text(args, 'user') || actor.user), changes(args));
    // Whoever may change a profile sees all of it.
    return { profile: user.profile, username: user.name };
  }),
  method('users.setPhoto', { ...writing, tier: 'Tier2' }, ({ world, actor, call }) => {
    const image = call.body.files?.find((file) => file.name === 'image');
    return { profile: setPhoto(world, theUser(world, actor.user), image?.bytes) };
  }),
  method('users.deletePhoto', { ...writing, tier: 'Tier2' }, ({ world, actor }) => {
    deletePhoto(world, theUser(world, actor.user));
    return {};
  }),
  method('users.identity', { user: ['identity.basic', 'identity:read'], tier: 'Tier3' }, ({ world, actor }) =>
    identity(world, actor),
  ),
  method('team.profile.get', { ...both('users.profile:read'), tier: 'Tier3' }, ({ world, args }) => ({
    profile: teamProfile(world, text(args, 'visibility')),
  })),
];

/** `profile`, or one field by `name` and `value`. */
function changes(args: Args): Json {
  const name = text(args, 'name');
  const value = text(args, 'value') ?? '';
  const whole = json(args, 'profile', 'invalid_profile');
  const one = name?.startsWith('Xf') ? { fields: { [name]: value } } : name ? { [name]: value } : undefined;
  const said = whole ?? one;
  if (!isObject(said)) throw refuse('invalid_profile');
  return said;
}

function identity(world: World, actor: Token): Json {
  const { id, name } = theTeam(world);
  const { profile, real_name } = theUser(world, actor.user);
  const granted = (scope: string) => actor.scopes.includes(scope);
  const { image_24, image_32, image_48, image_72, image_192, image_512 } = profile;
  return {
    user: {
      name: real_name,
      id: actor.user,
      ...(granted('identity.email') ? { email: profile.email ?? '' } : {}),
      ...(granted('identity.avatar') ? { image_24, image_32, image_48, image_72, image_192, image_512 } : {}),
    },
    team: { ...(granted('identity.team') ? { name } : {}), id },
  };
}
