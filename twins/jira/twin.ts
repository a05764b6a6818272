import type { Twin } from '../../src/twin.ts';

/** Placeholder until the twin's rooms are built. */
export const jira = undefined as unknown as Twin;
