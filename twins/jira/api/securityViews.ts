/** Issue security as answers show it. */

import type { Ref, SecurityLevel } from '../world.ts';
import { securityLevels } from '../world.ts';
import type { Address } from './address.ts';

/** The level of an issue; `null` where it has none. */
export function levelView(at: Address, ref: Ref | null | undefined): Record<string, unknown> | null {
  const level = ref ? at.world.get(securityLevels, ref.id) : undefined;
  return level ? levelShown(at, level) : null;
}

/** A level by itself. */
export const levelShown = (at: Address, { id, name, description }: SecurityLevel) => ({
  self: `${at.rest}/securitylevel/${id}`,
  id,
  description,
  name,
});
