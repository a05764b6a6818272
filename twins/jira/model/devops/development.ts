/**
 * Development information: repositories with commits, branches and pull requests.
 * https://developer.atlassian.com/cloud/jira/software/rest/api-group-development-information/
 */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { DEVELOPMENT_ENTITIES_MAX } from '../../limits.ts';
import type { DevOpsEntity, DevOpsKind } from '../../world.ts';
import { BRANCH, COMMIT, PULL_REQUEST, REPOSITORY } from './developmentKinds.ts';
import type { Kind } from './kinds.ts';
import { later } from './later.ts';
import { listIn, propertiesIn } from './request.ts';
import { type Commanding, commandsIn } from './smartCommits.ts';
import { entityOf, keepLater, matching, type Submission, take } from './submissions.ts';
import { triggeringOf } from './triggering.ts';

type Json = Record<string, unknown>;

/** The lists of a repository, and what is in them. */
const LISTS: readonly Kind[] = [COMMIT, BRANCH, PULL_REQUEST];

/** What is kept of a repository: itself and all that is in it. */
export const OF_REPOSITORY: readonly DevOpsKind[] = ['repository', 'commit', 'branch', 'pullRequest'];

/** Which entity a path means by its type; undefined for another word. */
export const ENTITY_TYPES: Readonly<Record<string, DevOpsKind>> = {
  commit: 'commit',
  branch: 'branch',
  pull_request: 'pullRequest',
};

/** 400 as this API says it: `{errorMessages: [{message}]}`. */
export const illDevelopment = (message: string): ApiError =>
  new ApiError({
    name: 'badRequest',
    status: 400,
    message,
    data: { raw: { errorMessages: [{ message }] } },
  });

/** The same refusals in this API's form. */
export function inItsForm<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) throw illDevelopment(error.message);
    throw error;
  }
}

/** How a submission went, by repository. */
export interface DevelopmentSubmission {
  acceptedDevinfoEntities: Record<string, Record<string, string[]>>;
  failedDevinfoEntities: Record<string, Json>;
  unknownIssueKeys: string[];
  unknownAssociations: Submission['unknownAssociations'];
}

/** Takes repositories with what is in them: each thing that is in form will be there in a while. */
export function storeDevelopment(world: World, provider: string, input: unknown): DevelopmentSubmission {
  const properties = propertiesIn(input);
  const sent = listIn(input, 'repositories', REPOSITORY.max);
  const total = sent.reduce(
    (sum, one) => sum + LISTS.reduce((n, kind) => n + entriesOf(one, kind).length, 0),
    0,
  );
  if (total > DEVELOPMENT_ENTITIES_MAX)
    throw illDevelopment(`At most ${DEVELOPMENT_ENTITIES_MAX} entities may be submitted in one request.`);
  const out: DevelopmentSubmission = {
    acceptedDevinfoEntities: {},
    failedDevinfoEntities: {},
    unknownIssueKeys: [],
    unknownAssociations: [],
  };
  const rows = sent.flatMap((one) => storeRepository(world, provider, one, properties, out));
  const [fresh, triggers] = mayMove(input) ? [commanding(world, rows), triggeringOf(world, rows)] : [[], []];
  keepLater(world, rows);
  if (fresh.length > 0) later(world, 'obey', fresh);
  if (triggers.length > 0) later(world, 'trigger', triggers);
  return out;
}

/** Whether what a request tells of may move issues. */
function mayMove(input: unknown): boolean {
  const { preventTransitions, operationType } = input as Json;
  return preventTransitions !== true && operationType !== 'BACKFILL';
}

/** The commits that are new and command something. */
const commanding = (world: World, rows: readonly DevOpsEntity[]): Commanding[] =>
  rows
    .filter(({ kind, provider, id }) => kind === 'commit' && !entityOf(world, provider, kind, id))
    .map(({ data }) => ({
      message: String(data.message),
      email: String((data.author as { email?: unknown }).email ?? ''),
    }))
    .filter(
      ({ message, email }) => email !== '' && commandsIn(message.replaceAll('\n', ' ')).commands.length > 0,
    );

function storeRepository(
  world: World,
  provider: string,
  repository: Json,
  properties: Readonly<Record<string, string>>,
  out: DevelopmentSubmission,
): DevOpsEntity[] {
  const { commits: _, branches: __, pullRequests: ___, ...own } = repository;
  const id = String(own.id);
  const whole = empty();
  const row = take(world, provider, REPOSITORY, own, properties, whole);
  if (!row) {
    const [failure] = whole.rejected;
    out.failedDevinfoEntities[id] = { errorMessages: messages(failure?.errors ?? []) };
    return [];
  }
  const rows = [row];
  const accepted: Record<string, string[]> = {};
  for (const kind of LISTS) {
    const went = empty();
    for (const data of entriesOf(repository, kind)) {
      const taken = take(world, provider, withRepository(kind, id), shortened(data), properties, went);
      if (taken) rows.push(taken);
    }
    accepted[kind.list] = went.accepted.map((data) => String(data.id));
    if (went.rejected.length > 0)
      out.failedDevinfoEntities[id] = {
        ...out.failedDevinfoEntities[id],
        [kind.list]: went.rejected.map(failed),
      };
    out.unknownIssueKeys.push(...went.unknownIssueKeys.filter((key) => !out.unknownIssueKeys.includes(key)));
    out.unknownAssociations.push(...went.unknownAssociations);
  }
  out.acceptedDevinfoEntities[id] = accepted;
  return rows;
}

const empty = (): Submission => ({
  accepted: [],
  rejected: [],
  unknownIssueKeys: [],
  unknownAssociations: [],
});
const messages = (errors: readonly string[]): Json[] => errors.map((message) => ({ message }));
const failed = ({ data, errors }: Submission['rejected'][number]): Json => ({
  id: String(data.id),
  errorMessages: messages(errors),
});

/** What is in a repository is known by the repository's id and its own. */
const withRepository = (kind: Kind, repositoryId: string): Kind => ({
  ...kind,
  idOf: ({ id }) => [repositoryId, id],
});

function entriesOf(repository: Json, { list, max }: Kind): Json[] {
  const entries = repository[list];
  if (entries === undefined || entries === null) return [];
  if (!Array.isArray(entries) || entries.some((one) => typeof one !== 'object' || one === null))
    throw illDevelopment(`'${list}' must be a list of objects.`);
  if (entries.length > max) throw illDevelopment(`'${list}' must not hold more than ${max} objects.`);
  return entries as Json[];
}

const MESSAGE_CHARS_MAX = 1_024;

/** Longer messages of commits are cut. */
const shortened = (data: Json): Json =>
  typeof data.message === 'string' && data.message.length > MESSAGE_CHARS_MAX
    ? { ...data, message: data.message.slice(0, MESSAGE_CHARS_MAX) }
    : data;

/** A repository with what is in it, as it is read. */
export function repositoryData(world: World, provider: string, { id, data }: DevOpsEntity): Json {
  const lists = LISTS.map(({ kind, list }): [string, unknown[]] => [
    list,
    matching(world, { provider, kinds: [kind], id }).map((row) => row.data),
  ]);
  return { ...data, ...Object.fromEntries(lists) };
}
