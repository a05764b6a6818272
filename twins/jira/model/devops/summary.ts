/** What tools tell of an issue, in numbers: what its Development field holds, and what queries ask for. */
import type { World } from '../../../../src/world/world.ts';
import { type DevOpsEntity, devOpsEntities } from '../../world.ts';
import { parseStamp, stamp } from '../time.ts';

type Json = Record<string, unknown>;

/** How many of each kind there are about an issue, by state where they have one. */
export interface Development {
  commits: number;
  branches: number;
  pullRequests: { all: number; open: number; merged: number; declined: number };
  builds: { all: number; successful: number; failed: number; unknown: number };
  deployments: { all: number; successful: number; environments: readonly string[] };
}

/** Counts what tools tell of an issue. */
export function developmentOf(world: World, issueId: string): Development {
  const of = grouped(world, issueId);
  const pulls = (of.pullRequest ?? []).map((row) => row.data.status);
  const builds = (of.build ?? []).map((row) => row.data.state);
  const deployed = (of.deployment ?? []).filter((row) => row.data.state === 'successful');
  const times = (all: readonly unknown[], ...states: string[]) =>
    all.filter((state) => states.includes(String(state))).length;
  return {
    commits: of.commit?.length ?? 0,
    branches: of.branch?.length ?? 0,
    pullRequests: {
      all: pulls.length,
      open: times(pulls, 'OPEN'),
      merged: times(pulls, 'MERGED'),
      declined: times(pulls, 'DECLINED'),
    },
    builds: {
      all: builds.length,
      successful: times(builds, 'successful'),
      failed: times(builds, 'failed'),
      unknown: times(builds, 'pending', 'in_progress', 'cancelled', 'unknown'),
    },
    deployments: {
      all: of.deployment?.length ?? 0,
      successful: deployed.length,
      environments: [...new Set(deployed.map((row) => (row.data.environment as { type: string }).type))],
    },
  };
}

type Grouped = Partial<Record<DevOpsEntity['kind'], DevOpsEntity[]>>;

function grouped(world: World, issueId: string): Grouped {
  const out: Grouped = {};
  for (const row of world.list(devOpsEntities, { index: 'issue', equals: issueId }))
    out[row.kind] = [...(out[row.kind] ?? []), row];
  return out;
}

/** The deployments that carry an issue. */
export const deploymentsAbout = (world: World, issueId: string): DevOpsEntity[] =>
  grouped(world, issueId).deployment ?? [];

/** The Development field: `{}` where no tool tells anything, else a text that holds JSON, as the service writes it. */
export function developmentText(world: World, issueId: string): string {
  const of = grouped(world, issueId);
  const { commits, branches, pullRequests, builds, deployments } = developmentOf(world, issueId);
  const parts: [name: string, brief: Json, overall: Json][] = [];
  const add = (name: string, brief: Json, more: Json, rows: readonly DevOpsEntity[] = []) => {
    const lastUpdated = latest(rows);
    const overall = { count: rows.length, ...(lastUpdated ? { lastUpdated } : {}), ...more, dataType: name };
    parts.push([name, brief, { overall, byInstanceType: byProvider(rows) }]);
  };
  if (pullRequests.all > 0) {
    const [state, stateCount] = stateOf(pullRequests);
    const brief = { dataType: 'pullrequest', state, stateCount };
    add('pullrequest', brief, { stateCount, state, open: state === 'OPEN' }, of.pullRequest);
  }
  if (builds.all > 0) {
    const counts = {
      failedBuildCount: builds.failed,
      successfulBuildCount: builds.successful,
      unknownBuildCount: builds.unknown,
    };
    add('build', { count: builds.all, dataType: 'build', ...counts }, counts, of.build);
  }
  if (deployments.all > 0) {
    const brief = { dataType: 'deployment-environment', successfulCount: deployments.successful };
    const more = { successfulCount: deployments.successful, topEnvironments: deployments.environments };
    add('deployment-environment', brief, more, of.deployment);
  }
  if (commits > 0) add('repository', { count: commits, dataType: 'repository' }, {}, of.commit);
  if (branches > 0) add('branch', { count: branches, dataType: 'branch' }, {}, of.branch);
  if (parts.length === 0) return '{}';
  const summary = Object.fromEntries(parts.map(([name, , whole]) => [name, whole]));
  const json = JSON.stringify({ cachedValue: { errors: [], summary }, isStale: true });
  return `{${parts.map(([name, brief]) => `${name}=${inBraces(brief)}`).join(', ')}, json=${json}}`;
}

/** What is shown of several pull requests: the open ones first, then merged ones. */
function stateOf({ open, merged, declined }: Development['pullRequests']): [string, number] {
  if (open > 0) return ['OPEN', open];
  return merged > 0 ? ['MERGED', merged] : ['DECLINED', declined];
}

const inBraces = (value: Json): string =>
  `{${Object.entries(value)
    .map(([key, each]) => `${key}=${String(each)}`)
    .join(', ')}}`;

const MOMENTS = ['lastUpdate', 'lastUpdated', 'authorTimestamp'];

/** When the newest of them changed. */
function latest(rows: readonly DevOpsEntity[]): string | undefined {
  const times = rows.flatMap(({ data }) =>
    MOMENTS.flatMap((name) => (typeof data[name] === 'string' ? (parseStamp(data[name]) ?? []) : [])),
  );
  return times.length > 0 ? stamp(Math.max(...times)) : undefined;
}

function byProvider(rows: readonly DevOpsEntity[]): Json {
  const out: Record<string, { count: number; name: string }> = {};
  for (const { provider } of rows) {
    const name = provider || 'Other';
    out[name] = { count: (out[name]?.count ?? 0) + 1, name };
  }
  return out;
}
