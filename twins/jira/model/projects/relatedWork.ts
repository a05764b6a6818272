/**
 * Links of a version to what belongs to it outside its issues.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-relatedwork-get
 */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { RELATED_WORKS_MAX } from '../../limits.ts';
import { type RelatedWork, relatedWorks, type Version } from '../../world.ts';

/** What `POST` and `PUT /version/{id}/relatedwork` take. */
export interface RelatedWorkInput {
  category?: string | null;
  title?: string | null;
  url?: string | null;
  relatedWorkId?: string | null;
}

/** The links that were added to a version. */
export const relatedWorksOf = (world: World, version: Version): RelatedWork[] =>
  world.list(relatedWorks, { index: 'version', equals: version.id }).toArray();

/** Adds a link; 400 without a category, for an address that is none, and in an archived version. */
export function addRelatedWork(world: World, version: Version, input: RelatedWorkInput): RelatedWork {
  if (relatedWorksOf(world, version).length >= RELATED_WORKS_MAX)
    throw badQuery(`A version can have at most ${RELATED_WORKS_MAX} related work items.`);
  const relatedWorkId = uuid(world.drawFor('jira.relatedWork', version.id, world.next('jira.relatedWork')));
  return world.insert(relatedWorks, { versionId: version.id, relatedWorkId, ...detailsOf(version, input) });
}

/** Changes a link; 404 where it is not the version's. */
export function updateRelatedWork(world: World, version: Version, input: RelatedWorkInput): RelatedWork {
  const { relatedWorkId } = requireRelatedWork(world, version, input.relatedWorkId ?? '');
  return world.put(relatedWorks, { versionId: version.id, relatedWorkId, ...detailsOf(version, input) });
}

/** Takes a link away; 404 where it is not the version's. */
export function deleteRelatedWork(world: World, version: Version, id: string): void {
  world.remove(relatedWorks, relatedWorks.key(requireRelatedWork(world, version, id)));
}

const requireRelatedWork = (world: World, version: Version, id: string): RelatedWork =>
  world.require(relatedWorks, `${version.id}/${id}`, () =>
    missing(`Could not find related work with id '${id}'.`),
  );

function detailsOf(
  version: Version,
  { category, title, url }: RelatedWorkInput,
): Pick<RelatedWork, 'category' | 'title' | 'url'> {
  if (version.archived) throw badQuery('Related work of an archived version cannot be changed.');
  if (!category?.trim()) throw badQuery('The category of the related work must be given.');
  if (url && !URL.canParse(url)) throw badQuery(`'${url}' is not a valid URL.`);
  return { category, ...(title ? { title } : {}), ...(url ? { url } : {}) };
}
