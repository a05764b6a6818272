/**
 * What a project can do. A team-managed project's people turn features on and off; a company-managed one shows them
 * and leaves them as they are.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-features/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { type Project, projects } from '../../world.ts';

export interface Feature {
  key: string;
  name: string;
  description: string;
  /** Features without which it cannot be on. */
  prerequisites: readonly string[];
  state: 'ENABLED' | 'DISABLED';
  locked: boolean;
}

type Kind = Omit<Feature, 'state' | 'locked'> & { begins: Feature['state'] };

const kind = (
  key: string,
  name: string,
  description: string,
  begins: Feature['state'] = 'ENABLED',
  prerequisites: readonly string[] = [],
): Kind => ({ key, name, description, prerequisites, begins });

const AGILITY: readonly Kind[] = [
  kind('jsw.agility.roadmap', 'Timeline', 'Plan and track epics over time.'),
  kind('jsw.agility.backlog', 'Backlog', 'Plan and prioritize work in a dedicated space.', 'DISABLED'),
  kind('jsw.agility.sprints', 'Sprints', 'Sequence work into short, fixed periods of time.', 'DISABLED', [
    'jsw.agility.backlog',
  ]),
  kind('jsw.agility.estimation', 'Estimation', 'Estimate how much work there is.', 'DISABLED'),
  kind('jsw.agility.reports', 'Reports', 'See how the team is doing.'),
  kind('jsw.agility.releases', 'Releases', 'Plan and track versions.'),
  kind('jsw.agility.code', 'Code', 'See repositories and what is developed in them.'),
  kind('jsw.agility.deployments', 'Deployments', 'See what was deployed where.', 'DISABLED'),
  kind('jsw.agility.pages', 'Pages', 'Write pages beside the work.'),
];

const CLASSIC: readonly Kind[] = [
  kind(
    'jsw.classic.roadmap',
    'Roadmap',
    'Your roadmap is an optimized location to create and manage your epics.',
  ),
  kind(
    'jsw.classic.backlog',
    'Backlog',
    'Plan and prioritize work in a dedicated space. To enable and configure the backlog for each board, go to board settings.',
  ),
  kind('jsw.classic.deployments', 'Deployments', 'See what was deployed where.'),
  kind('jsw.classic.code', 'Code', 'See repositories and what is developed in them.'),
];

/** The features of a project; none where it is not one of software. */
export function featuresOf({ projectTypeKey, simplified, features = {} }: Project): Feature[] {
  if (projectTypeKey !== 'software') return [];
  return (simplified ? AGILITY : CLASSIC).map(({ begins, ...one }) => ({
    ...one,
    state: features[one.key] ?? begins,
    locked: !simplified,
  }));
}

/** Whether a project has a feature on; undefined where it has no such feature. */
export const isFeatureOn = (project: Project, key: string): boolean | undefined => {
  const found = featuresOf(project).find((one) => one.key === key);
  return found && found.state === 'ENABLED';
};

/**
 * Turns a feature on or off: what needs it goes off with it. 404 for a feature that the project does not have, 400
 * for one that cannot be changed or needs another first.
 */
export function toggleFeature(world: World, project: Project, key: string, state: unknown): Project {
  const all = featuresOf(project);
  const feature = all.find((one) => one.key === key);
  if (!feature) throw missing(`The feature '${key}' does not exist in this project.`);
  if (state !== 'ENABLED' && state !== 'DISABLED')
    throw badQuery("The state of a feature must be either 'ENABLED' or 'DISABLED'.");
  if (feature.locked) throw badQuery(`The state of the feature '${key}' cannot be updated.`);
  const off = feature.prerequisites.find((one) => all.find(({ key: k }) => k === one)?.state !== 'ENABLED');
  if (state === 'ENABLED' && off) throw badQuery(`The feature '${key}' requires the feature '${off}'.`);
  const dependants = all.filter(({ prerequisites }) => prerequisites.includes(key)).map((one) => one.key);
  const gone = state === 'DISABLED' ? dependants : [];
  return world.update(projects, project.id, {
    features: {
      ...project.features,
      [key]: state,
      ...Object.fromEntries(gone.map((one) => [one, 'DISABLED' as const])),
    },
  });
}
