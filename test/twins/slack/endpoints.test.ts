import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src/router.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { itRoutesEachEndpoint } from '../routes.ts';

describe('every endpoint', () => {
  itRoutesEachEndpoint(slack, /^https:\/\/(docs|api)\.slack\.(dev|com)\//, 'x1y2');

  it('has an id of its own', () => {
    const ids = slack.endpoints.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of the Web API is one that Slack has', () => {
    const known = new Set(slack.operations.map((one) => one.path));
    const methods = slack.endpoints.filter((one) => one.route.includes(' /api/'));
    expect(methods.filter((one) => !known.has(parseRoute(one.route)[1])).map((one) => one.id)).toEqual([]);
  });

  it('reads and writes declared tables only', () => {
    const names = slack.tables.map((one) => (one as unknown as { name: string }).name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['slack.users', 'slack.channels', 'slack.members']));
  });
});
