/** Groups as answers show them. */
import type { Group } from '../world.ts';
import type { Address } from './address.ts';

/** A group by name, id and address. */
export const groupName = (at: Address, { name, groupId }: Group): Record<string, unknown> => ({
  name,
  groupId,
  self: `${at.rest}/group?groupId=${encodeURIComponent(groupId)}`,
});
