/**
 * How delicate an organization's data is, in levels that it publishes; and the level of a project.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-classification-levels/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Project, projects } from '../../world.ts';

export interface ClassificationLevel {
  id: string;
  status: 'published' | 'archived' | 'draft';
  name: string;
  rank: number;
  description: string;
  guideline: string;
  color: string;
}

const level = (
  tag: string,
  rank: number,
  name: string,
  color: string,
  description: string,
  guideline: string,
): ClassificationLevel => ({
  id: `ari:cloud:platform::classification-tag/${tag}`,
  status: 'published',
  name,
  rank,
  description,
  guideline,
  color,
});

/** The levels that Atlassian offers an organization which has made none of its own. */
export const CLASSIFICATION_LEVELS: readonly ClassificationLevel[] = [
  level(
    '5bfa70f7-4af1-44f5-9e12-1ce185f15a38',
    1,
    'Restricted',
    'RED',
    'Data that would be very damaging and would cause loss of trust if mishandled.',
    'Access must be restricted to those who need it for their work.',
  ),
  level(
    'a82d653e-1035-4aa2-b9de-4265511fd487',
    2,
    'Confidential',
    'BLUE',
    'Data that would likely be damaging if mishandled.',
    'Data should be encrypted at rest and in transit.',
  ),
  level(
    'dec24c48-5073-4c25-8fef-9d81a992c30c',
    3,
    'Public',
    'GREEN',
    'Data that anybody may see.',
    'No special care is needed.',
  ),
];

export const levelById = (id: string): ClassificationLevel | undefined =>
  CLASSIFICATION_LEVELS.find((one) => one.id === id);

/** Sets a project's level, or takes it away; 400 for one that is not published. */
export function classify(world: World, project: Project, id: string | undefined): void {
  const { classification: _, ...rest } = project;
  if (id !== undefined && levelById(id)?.status !== 'published')
    throw badQuery(`The classification level with id '${id}' does not exist or is not published.`);
  world.put(projects, id === undefined ? rest : { ...rest, classification: id });
}
