/** Addresses of places: `/console/u/{universe}/rooms/{twin}?at=…&as=…`. */
import type { Asked, Place } from '../../room.ts';
import type { Universe } from '../../universe.ts';
import { tabPath } from '../universe/frame.tsx';

/** What a page of a room is drawn from, and where it is. */
export interface Here {
  universe: Universe;
  twin: string;
  /** The place's id. */
  at: string;
  /** How it was asked for; `as` is there unless the twin has nobody. */
  asked: Asked;
  /** Whether `as` was chosen, and so goes along with every link. */
  chosen: boolean;
  /** Id of the element that the page shows again after a form in it was sent; the top without it. */
  spot?: string;
}

/** The address of a place of this room, for the same person. */
export function placePath(here: Here, at: string, more: { from?: string; find?: string } = {}): string {
  return roomPath(here.universe.id, here.twin, { at, ...more, ...asOf(here) });
}

/** The same place as it was asked for. */
export const herePath = (here: Here): string => {
  const { from, find } = here.asked;
  return placePath(here, here.at, { ...(from ? { from } : {}), ...(find ? { find } : {}) });
};

/** The address of any place of any twin. */
export function roomPath(universe: string, twin: string, query: Readonly<Record<string, string>>): string {
  return `${tabPath(universe, twin)}?${new URLSearchParams(query)}`;
}

/** Where the same person is in the other twins. */
export function elsewhere(here: Here, { person }: Place): { title: string; href: string }[] {
  const { universe, twin } = here;
  if (person === undefined) return [];
  return universe.twins.flatMap(({ name, title, room }) => {
    const at = name === twin ? undefined : room?.personAt(universe.view(name), person);
    return at === undefined ? [] : [{ title, href: roomPath(universe.id, name, { at, ...asOf(here) }) }];
  });
}

const asOf = ({ asked, chosen }: Here): { as?: string } => (chosen && asked.as ? { as: asked.as } : {});
