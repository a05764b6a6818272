/**
 * Functions of the query language that stand for ids: people, sprints, versions, issues.
 * https://support.atlassian.com/jira-software-cloud/docs/jql-functions/
 */
import { between } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  components,
  histories,
  issues,
  issueTypes,
  type Project,
  projects,
  remoteLinks,
  sprints,
  type User,
  versions,
  votes,
  watchers,
} from '../../world.ts';
import { childrenOf, issueNamed } from '../issues/issueNamed.ts';
import { linksOf, linkTypes } from '../issues/links.ts';
import { userNamed } from '../people/people.ts';
import { browsableProjects, may } from '../permissions/may.ts';
import { PERMISSIONS } from '../permissions/permissions.ts';
import { projectNamed } from '../projects/projects.ts';
import { parseStamp } from '../time.ts';
import type { FunctionCall } from './ast.ts';
import { cascade } from './cascade.ts';
import { type Compilation, refuse } from './compilation.ts';
import { dateValue } from './dates.ts';
import { idAtPlace } from './facets.ts';
import type { ValueType } from './field.ts';
import { holding } from './found.ts';
import { membersOfGroup, roleProjects } from './membership.ts';

/** `field` is what the query calls the field that the function is asked for. */
type Give = (at: Compilation, args: readonly string[], field: string) => readonly string[];

export interface JqlFunction {
  name: string;
  type: ValueType;
  /** It stands for many: behind `in`. */
  list: boolean;
  /** How many arguments it takes. */
  min: number;
  max: number;
  /** What to say where they are not so many. */
  usage?: string;
  give: Give;
}

const one = (name: string, type: ValueType, count: number, give: Give): JqlFunction => ({
  ...{ name, type, list: false, min: count, max: count, give },
});
const many = (name: string, type: ValueType, min: number, max: number, give: Give): JqlFunction => ({
  ...{ name, type, list: true, min, max, give },
});

const inState =
  (state: string): Give =>
  ({ world }) =>
    world
      .list(sprints, { where: (row) => row.state === state })
      .toArray()
      .map((row) => String(row.id));

/** The projects that arguments name; a problem for each that is not there. */
function projectsFor(at: Compilation, args: readonly string[], name: string): Project[] {
  return args.flatMap((arg) => {
    const found = projectNamed(at.world, arg) ?? projectByName(at.world, arg);
    if (!found) refuse(at, `Could not resolve the project '${arg}' provided to function '${name}'.`);
    return found ?? [];
  });
}

const projectByName = (world: World, name: string): Project | undefined =>
  world.list(projects, { index: 'name', equals: name.toLowerCase() }).first();

const versionsThat =
  (released: boolean): Give =>
  (at, args) => {
    const name = released ? 'releasedVersions' : 'unreleasedVersions';
    const ids = new Set(projectsFor(at, args, name).map((project) => project.id));
    return at.world
      .list(versions, {
        where: (row) =>
          row.released === released && !row.archived && (args.length === 0 || ids.has(row.projectId)),
      })
      .toArray()
      .map((row) => row.id);
  };

/** The last of the released, or the first of the others. */
const outermost =
  (released: boolean): Give =>
  (at, args) => {
    const [project] = projectsFor(at, args, released ? 'latestReleasedVersion' : 'earliestUnreleasedVersion');
    const rows = project
      ? at.world
          .list(versions, { index: 'project', equals: project.id })
          .toArray()
          .filter((row) => row.released === released && !row.archived)
      : [];
    const sorted = rows.sort((a, b) => a.sequence - b.sequence);
    const found = released ? sorted.at(-1) : sorted[0];
    return found ? [found.id] : [];
  };

const followed =
  (kind: typeof watchers): Give =>
  ({ world, me }) =>
    me
      ? world
          .list(kind, { index: 'account', equals: me.accountId })
          .toArray()
          .map((row) => row.issueId)
      : [];

const typesThat =
  (subtask: boolean): Give =>
  ({ world }) =>
    world
      .list(issueTypes, { where: (row) => row.subtask === subtask })
      .toArray()
      .map((row) => row.id);

/** The person that an argument names, else the one who asks; a problem for nobody. */
function personFor(at: Compilation, name: string, arg: string | undefined): User | undefined {
  if (arg === undefined) return at.me;
  const found = userNamed(at.world, arg);
  if (!found)
    refuse(
      at,
      `Function '${name}' can not generate a list for user '${arg}'; the user does not exist.`,
      'value',
    );
  return found;
}

const ledBy: Give = (at, [arg]) => {
  const lead = personFor(at, 'projectsLeadByUser', arg);
  return at.world
    .list(projects, { where: (row) => row.lead.accountId === lead?.accountId })
    .toArray()
    .map((row) => row.id);
};

const componentsLedBy: Give = (at, [arg]) => {
  const lead = personFor(at, 'componentsLeadByUser', arg);
  return at.world
    .list(components, { where: (row) => row.lead !== undefined && row.lead.accountId === lead?.accountId })
    .toArray()
    .map((row) => row.id);
};

const permitted: Give = (at, [name = '']) => {
  const lower = name.toLowerCase();
  const found = PERMISSIONS.find(
    (each) => each.name.toLowerCase() === lower || each.key.toLowerCase() === lower,
  );
  if (!found) {
    refuse(
      at,
      `Function 'projectsWhereUserHasPermission' can not generate a list of projects for permission '${name}'; the permission does not exist.`,
    );
    return [];
  }
  return browsableProjects(at.world, at.me)
    .filter((project) => may(at.world, at.me, found.key, project))
    .map((project) => project.id);
};

const linked: Give = (at, [key = '', ...wordings]) => {
  const issue = issueNamed(at.world, key);
  if (!issue) {
    refuse(at, `Issue '${key}' could not be found in function 'linkedIssues'.`, 'value');
    return [];
  }
  const types = linkTypes(at.world);
  for (const wording of wordings)
    if (!types.some((type) => [type.name, type.inward, type.outward].includes(wording)))
      refuse(at, `Issue link type '${wording}' could not be found in function 'linkedIssues'.`, 'value');
  return linksOf(at.world, issue.id).flatMap((link) => {
    const outward = link.inwardIssue.id === issue.id;
    const type = types.find((each) => each.id === link.type.id);
    const said = [outward ? type?.outward : type?.inward, type?.name];
    if (wordings.length > 0 && !said.some((each) => each !== undefined && wordings.includes(each))) return [];
    return [outward ? link.outwardIssue.id : link.inwardIssue.id];
  });
};

/** Everything below an issue. */
const descendants: Give = (at, [key = '']) => {
  const issue = issueNamed(at.world, key);
  if (!issue) {
    refuse(at, `Issue '${key}' could not be found in function 'childIssuesOf'.`, 'value');
    return [];
  }
  const found = new Set<string>();
  for (let level = childrenOf(at.world, issue); level.length > 0; ) {
    const fresh = level.filter((each) => !found.has(each.id));
    for (const each of fresh) found.add(each.id);
    level = fresh.flatMap((each) => childrenOf(at.world, each));
  }
  return [...found];
};

/** Issues that a person made or changed, in a stretch of time where one is given. */
const updatedBy: Give = (at, [name = '', ...dates]) => {
  const who = userNamed(at.world, name)?.accountId;
  const bounds = dates.map((text) => dateValue({ text, number: false }, at));
  if (who === undefined) refuse(at, `User '${name}' could not be found in function 'updatedBy'.`, 'warning');
  if (bounds.includes(undefined))
    refuse(
      at,
      `The dates provided to function 'updatedBy' are invalid. Usage: updatedBy(user, dateFrom, dateTo).`,
    );
  const [from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY] = bounds;
  const inside = (stored: string) => {
    const ms = parseStamp(stored) ?? Number.NaN;
    return ms >= from && ms <= to;
  };
  if (who === undefined) return [];
  const { world } = at;
  const changed = world.list(histories, {
    index: 'author',
    equals: who,
    where: (row) => inside(row.created),
  });
  const made = holding(world, 'creator', [who]).flatMap((places) => [
    ...between(places, '', '\uffff', false),
  ]);
  return [
    ...changed.toArray().map((row) => row.issueId),
    ...made.map(idAtPlace).filter((id) => inside(world.get(issues, id)?.fields.created ?? '')),
  ];
};

/** What a person has had before them: the twin keeps no views, so these are the issues that they made or changed. */
const recent: Give = (at) => (at.me ? updatedBy(at, [at.me.accountId], '') : []);

const byGlobalId: Give = ({ world }, args) =>
  world
    .list(remoteLinks, { where: (row) => row.globalId !== undefined && args.includes(row.globalId) })
    .toArray()
    .map((row) => row.issueId);

/** Arguments of one function; a guard of the vendor's for `issuesWithRemoteLinksByGlobalId`. */
const GLOBAL_IDS_MAX = 100;
const ANY = Number.MAX_SAFE_INTEGER;

export const FUNCTIONS: readonly JqlFunction[] = [
  one('currentUser', 'user', 0, ({ me }) => (me ? [me.accountId] : [])),
  many('membersOf', 'user', 1, 1, membersOfGroup),
  many('openSprints', 'sprint', 0, 0, inState('active')),
  many('closedSprints', 'sprint', 0, 0, inState('closed')),
  many('futureSprints', 'sprint', 0, 0, inState('future')),
  many('releasedVersions', 'version', 0, ANY, versionsThat(true)),
  many('unreleasedVersions', 'version', 0, ANY, versionsThat(false)),
  one('latestReleasedVersion', 'version', 1, outermost(true)),
  one('earliestUnreleasedVersion', 'version', 1, outermost(false)),
  many('watchedIssues', 'issue', 0, 0, followed(watchers)),
  many('votedIssues', 'issue', 0, 0, followed(votes)),
  many('issueHistory', 'issue', 0, 0, recent),
  {
    ...many('linkedIssues', 'issue', 1, ANY, linked),
    usage:
      "Incorrect number of arguments for function 'linkedIssues'. Usage: 'linkedIssues ( issuekey [, linkDescription ]* )'.",
  },
  many('childIssuesOf', 'issue', 1, 1, descendants),
  many('updatedBy', 'issue', 1, 3, updatedBy),
  many('issuesWithRemoteLinksByGlobalId', 'issue', 1, GLOBAL_IDS_MAX, byGlobalId),
  many('standardIssueTypes', 'issueType', 0, 0, typesThat(false)),
  many('subtaskIssueTypes', 'issueType', 0, 0, typesThat(true)),
  many('projectsLeadByUser', 'project', 0, 1, ledBy),
  many('projectsWhereUserHasPermission', 'project', 1, 1, permitted),
  many('projectsWhereUserHasRole', 'project', 1, 1, roleProjects),
  many('componentsLeadByUser', 'component', 0, 1, componentsLedBy),
  {
    ...many('cascadeOption', 'option', 1, 2, cascade),
    usage:
      'Incorrect number of arguments specified for the function \'cascadeOption\'. Usages: cascadeOption(parentOption), cascadeOption(parentOption, childOption), cascadeOption(parentOption, "None").',
  },
];

const byName = new Map(FUNCTIONS.map((each) => [each.name.toLowerCase(), each]));
/** Names that the vendor has given them since. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  linkedworkitems: 'linkedissues',
  childworkitemsof: 'childissuesof',
  standardworktypes: 'standardissuetypes',
  subtaskworktypes: 'subtaskissuetypes',
  workitemhistory: 'issuehistory',
  watchedworkitems: 'watchedissues',
  votedworkitems: 'votedissues',
  spacesleadbyuser: 'projectsleadbyuser',
  spaceswhereuserhaspermission: 'projectswhereuserhaspermission',
  spaceswhereuserhasrole: 'projectswhereuserhasrole',
};

/** The function with this name, case aside; none of those that give moments. */
export function functionNamed(name: string): JqlFunction | undefined {
  const lower = name.toLowerCase();
  return byName.get(NEW_NAMES[lower] ?? lower);
}

/** The ids that a call gives; problems for wrong arguments. */
export function functionIds(at: Compilation, { name, args }: FunctionCall, field: string): readonly string[] {
  const known = functionNamed(name);
  if (!known) return [];
  if (args.length >= known.min && args.length <= known.max) return known.give(at, args, field);
  refuse(at, known.usage ?? wrongCount(known, name, args.length));
  return [];
}

function wrongCount({ min, max }: JqlFunction, name: string, count: number): string {
  if (min === max) return `Function '${name}' expected '${min}' arguments but received '${count}'.`;
  return `Function '${name}' expected between '${min}' and '${max}' arguments but received '${count}'.`;
}
