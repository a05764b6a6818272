/** Mentions as people write them in a gesture: an @ and an e-mail. */
import type { World } from '../../../src/world/world.ts';
import { userByEmail } from '../model/people/people.ts';

/** The text with every `@ben@acme.example` of a person of the site made into a mention. */
export const withMentions = (world: World, text: string): string =>
  text.replace(/(?<![\w.])@([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g, (whole, email: string) => {
    const found = userByEmail(world, email);
    return found ? `[~accountid:${found.accountId}]` : whole;
  });
