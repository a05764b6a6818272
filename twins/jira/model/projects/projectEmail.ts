/** The address from which a project's mails come. */
import type { World } from '../../../../src/world/world.ts';
import { badFields } from '../../errors.ts';
import { type Project, projects } from '../../world.ts';
import { siteOf } from '../people/people.ts';

/** The sender of a project's mails: its own, or the site's. */
export const senderOf = (world: World, project: Project): string =>
  project.email ?? `jira@${siteOf(world).name}.atlassian.net`;

/** Sets the sender; an empty one is the site's again. `badFields` for what is no address. */
export function setProjectEmail(world: World, project: Project, value: string | null | undefined): void {
  const { email: _, ...rest } = project;
  const email = (value ?? '').trim();
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw badFields({ emailAddress: 'The email address is not valid.' });
  world.put(projects, email === '' ? rest : { ...rest, email });
}

/** What is wrong with an address of a domain that the site does not know; nothing for the site's own. */
export function statusOfEmail(world: World, project: Project): string[] {
  const domain = senderOf(world, project).split('@')[1] ?? '';
  return domain.endsWith('.atlassian.net') ? [] : ['Email address or domain not verified.'];
}
