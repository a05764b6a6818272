/** What a new issue holds before its creator says anything: where it begins, and the defaults of its fields. */
import type { World } from '../../../../src/world/world.ts';
import type { IssueType, Project, User } from '../../world.ts';
import { defaultsFor } from '../fields/contextDefaults.ts';
import { defaultLevel } from '../permissions/levels.ts';
import { prioritySchemeOf } from '../projects/projects.ts';
import { stamp } from '../time.ts';
import { initialStatus } from '../workflows/workflowOf.ts';
import type { Draft } from './issueFields.ts';

/** A new issue of a kind in a project, ready to be filled in. */
export function newDraft(world: World, user: User, project: Project, type: IssueType): Draft {
  const now = stamp(world.now());
  const author = { accountId: user.accountId };
  const status = initialStatus(world, project, type);
  const fields: Draft['fields'] = {
    summary: '',
    description: null,
    environment: null,
    project: { id: project.id },
    issuetype: { id: type.id },
    status: { id: status.id },
    priority: { id: prioritySchemeOf(world, project).defaultPriorityId },
    assignee: null,
    reporter: author,
    creator: author,
    labels: [],
    components: [],
    fixVersions: [],
    versions: [],
    parent: null,
    resolution: null,
    resolutiondate: null,
    created: now,
    updated: now,
    statuscategorychangedate: now,
    duedate: null,
    timeoriginalestimate: null,
    timeestimate: null,
    timespent: null,
    security: defaultLevel(world, project),
  };
  for (const [id, value] of defaultsFor(world, project, type)) fields[id] = value;
  return { fields, wiki: {} };
}
