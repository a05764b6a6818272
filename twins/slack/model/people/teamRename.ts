/** A workspace that gets another name, place or domain. https://docs.slack.dev/reference/events/team_rename */
import type { World } from '../../../../src/world/world.ts';
import { type Team, teams } from '../../world.ts';
import { tell } from '../events/event.ts';
import { eventTs } from '../messages/timestamp.ts';
import { teamUrl } from '../url.ts';
import { theTeam } from './team.ts';

/** Changes what is given, and tells the apps of each thing that is another one than before. */
export function renameTeam(world: World, to: { name?: string; domain?: string; emailDomain?: string }): Team {
  const before = theTeam(world);
  const team = world.update(teams, 'team', {
    name: to.name ?? before.name,
    domain: to.domain ?? before.domain,
    email_domain: to.emailDomain ?? before.email_domain,
  });
  const event_ts = eventTs(world);
  const { name, domain, email_domain } = team;
  if (name !== before.name) tell(world, { type: 'team_rename', name, team_id: team.id, event_ts });
  if (domain !== before.domain)
    tell(world, { type: 'team_domain_change', url: teamUrl(world), domain, team_id: team.id, event_ts });
  if (email_domain !== before.email_domain)
    tell(world, { type: 'email_domain_changed', email_domain, event_ts });
  return team;
}
