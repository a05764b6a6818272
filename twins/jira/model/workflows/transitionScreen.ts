/** The screen that a transition shows: which fields may be set along with it. */
import type { World } from '../../../../src/world/world.ts';
import type { Transition } from '../../world.ts';

/** Field ids of a transition's screen; none where it has no screen. */
export const screenFieldsOf = (_world: World, _transition: Transition): string[] => [];

/** Whether people are asked for something on the way. */
export const hasScreen = ({ transitionScreen }: Transition): boolean =>
  transitionScreen?.ruleKey === 'system:transition-screen';

/** Whether a screen is there. */
export const isScreen = (_world: World, id: string): boolean => /^\d{1,9}$/.test(id);
