import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../src/pipeline.ts';
import { parseRoute } from '../../../src/router.ts';
import { slack } from '../../../twins/slack/twin.ts';

describe('every endpoint', () => {
  it('answers at a URL made for its route, and no other does', () => {
    const { router } = compileTwin(slack);
    for (const endpoint of slack.endpoints) {
      const [methods, path] = parseRoute(endpoint.route);
      const url = path.replace(/\{[^}]+\}/g, 'x1y2');
      for (const method of methods) {
        const route = router.match(method, url);
        expect(['target' in route ? route.target.endpoint?.id : 'none', url]).toEqual([endpoint.id, url]);
      }
    }
  });

  it('has an id of its own and a source document', () => {
    const ids = slack.endpoints.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const endpoint of slack.endpoints) expect(endpoint.doc).toMatch(/^https:\/\//);
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
