import type { Twin } from '../../src/twin.ts';

/** Placeholder until the twin's rooms are built. */
export const okta = undefined as unknown as Twin;
