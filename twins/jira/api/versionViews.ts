/** Versions as answers show them, with what `expand` asks for. */
import { may } from '../model/permissions/may.ts';
import { projectOf } from '../model/projects/projects.ts';
import { statusCounts } from '../model/projects/versions.ts';
import type { Version } from '../world.ts';
import type { Address } from './address.ts';
import { versionView } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** A version in a list of its own. `expand`: `operations`, `issuesstatus`, `driver`, `approvers`. */
export const versionInFull = (at: Address, version: Version, expand: readonly string[] = []): Json => ({
  ...versionView(at, version),
  ...(version.startDate ? { startDate: version.startDate } : {}),
  ...(version.releaseDate ? { releaseDate: version.releaseDate } : {}),
  overdue: !version.released && isPast(at, version.releaseDate),
  ...(version.startDate ? { userStartDate: inWords(version.startDate) } : {}),
  ...(version.releaseDate ? { userReleaseDate: inWords(version.releaseDate) } : {}),
  projectId: Number(version.projectId),
  ...(expand.includes('issuesstatus')
    ? { issuesStatusForFixVersion: statusCounts(at.world, version.id) }
    : {}),
  ...(expand.includes('driver') && version.driver ? { driver: version.driver.accountId } : {}),
  ...(expand.includes('approvers') ? { approvers: [] } : {}),
  ...(expand.includes('operations') ? { operations: operationsOf(at, version) } : {}),
});

const isPast = (at: Address, day: string | undefined): boolean =>
  day !== undefined && Date.parse(`${day}T23:59:59Z`) < at.world.now();

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2010-07-06` as the site writes days: `06/Jul/10`. */
const inWords = (day: string): string =>
  `${day.slice(8, 10)}/${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''}/${day.slice(2, 4)}`;

/** What the caller may do to a version in Jira's own screens; nothing for who does not administer the project. */
function operationsOf(at: Address, { id, projectId, released, archived }: Version): Json[] {
  const project = projectOf(at.world, { id: projectId });
  if (!may(at.world, at.me, 'ADMINISTER_PROJECTS', project)) return [];
  const link = (action: string, label: string, place: string): Json => ({
    id: `${action.toLowerCase()}-version`,
    styleClass: 'project-config-operations',
    label,
    href: `/secure/project/${place}?versionId=${id}&pid=${projectId}`,
    weight: 10,
  });
  const manage = (action: string): string => `EditVersionArchives.jspa?${action.toLowerCase()}=true`;
  return [
    ...(archived
      ? [link('Unarchive', 'Unarchive', manage('unarchive'))]
      : [
          released
            ? link('Unrelease', 'Unrelease', 'UnreleaseVersion.jspa')
            : link('Release', 'Release', 'ReleaseVersion.jspa'),
          link('Archive', 'Archive', manage('archive')),
        ]),
    link('Delete', 'Delete', 'DeleteVersion.jspa'),
  ];
}
