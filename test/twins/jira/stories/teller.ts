/** Tells stories of a site's resources: every call must do what it says, every change must leave a trace in its rows. */
import { expect } from 'vitest';
import { compileTwin } from '../../../../src/pipeline.ts';
import type { WorldFile } from '../../../../src/world/file.ts';
import { jira } from '../../../../twins/jira/twin.ts';
import { jiraPath } from '../../../../twins/jira/wire.ts';
import { openApi, specFolder } from '../../openApi.ts';
import { openSite, type TestSite } from '../site.ts';

/** What a family of resources goes through, told from the client's side. */
export interface Story {
  says: string;
  /** The site that it happens in; the test site unless said. */
  world?: WorldFile;
  tell(teller: Teller): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
export type Body = any;

export interface Teller {
  site: TestSite;
  /** Reads with 200. */
  get(path: string): Promise<Body>;
  /** Changes with 2xx (or 303 to a task), and sees that rows changed. */
  send(method: string, path: string, body?: unknown): Promise<Body>;
  /** Succeeds and changes nothing: what is asked with a body. */
  ask(method: string, path: string, body?: unknown): Promise<Body>;
  /** Is refused with this status, and sees that nothing changed; gives the body of the refusal. */
  refused(status: number, method: string, path: string, body?: unknown): Promise<Body>;
}

/** Ids of the endpoints, with their routes, that answered a story with success. */
export const told = new Set<string>();

const FOLDER = specFolder('jira');

/** Jira's descriptions, and where recordings of the service or its own examples show that they are wrong. */
export const described = openApi(
  [new URL('jira-platform-v3.json', FOLDER), new URL('jira-software.json', FOLDER)],
  [
    /^getServerInfo .*additional properties/,
    /additional properties \((entityId|projectKeys)\)/,
    // A clause is described as having no properties of its own beside those of its kinds.
    /^parseJqlQueries .*\/where must NOT have additional properties/,
    // Shown in the descriptions' own examples.
    /^(getAllIssueTypeSchemes|searchResolutions) .*additional properties \((projects|issueTypes|isDefault)\)/,
    // The descriptions' own examples: moments as milliseconds, options with all that they are.
    /^getBulkEditableFields .*fieldOptions/,
    /^getBulkOperationProgress .(created|started|updated) must be string/,
    /^getBulkChangelogs .*created must be string/,
    /^exportArchivedIssues .submittedTime must be string/,
    // Its own words and examples say otherwise: one object for one key, authors by account.
    /^getApplicationProperty {2}must be array/,
    /additional properties \(authorAccountId\)/,
    // Recordings of the service, and its own example.
    /additional properties \(untranslatedName\)/,
    /^getTrashedFieldsPaginated .*additional properties/,
    /^getIssueTypeScreenSchemes .*additional properties .projects./,
    /^getAllFieldConfigurations .*additional properties/,
    // What `expand` brings along, as in its own examples.
    /\/holder must NOT have additional properties \((group|user|projectRole|field)\)/,
    // One form of many, told by `type`.
    /^getDefaultValues /,
    // Its example has the address; its examples and the descriptor have modules by type.
    /^AddonPropertiesResource.getAddonProperty_get .*\(self\)/,
    /^DynamicModulesResource.getModules_get .*'modules'/,
    // It names two properties by what they are.
    /position must have required property 'The (row|column) position of the gadget.'/,
    /position must NOT have additional properties \((row|column)\)/,
  ],
);

const { router } = compileTwin(jira);

/** Where a story's path leads: `/issue` into the platform API in version 3, what has a root of its own to that. */
export const atRoot = (path: string): string =>
  /^\/(rest|oauth|ex|login|authorize|me)(?=[/?]|$)/.test(path) ? path : `/rest/api/3${path}`;

/** A teller in a site of its own. */
export async function openTeller(world?: WorldFile): Promise<Teller> {
  const site = await openSite(world);
  const changed = new Set<string>();
  site.universe.journal.watch((_entry, changes) => {
    for (const { table } of changes) changed.add(table.name);
  });
  const call = async (method: string, path: string, body?: unknown) => {
    changed.clear();
    const answer = await site.call(method, atRoot(path), body);
    const says = [method, path, answer.status, JSON.stringify(answer.body).slice(0, 300)].join(' ');
    return { ...answer, says };
  };
  const succeeded = (method: string, path: string, status: number, body: Body, says: string) => {
    expect(status < 300 || status === 303, says).toBe(true);
    const match = router.match(method, jiraPath(atRoot(path.split('?', 1)[0] ?? '')));
    if (!('target' in match && match.target.endpoint)) return;
    const { id, route } = match.target.endpoint;
    told.add(`${id} ${route}`);
    if (body !== '') described.hold(route, status, body);
  };
  return {
    site,
    async get(path) {
      const { status, body, says } = await call('GET', path);
      expect(status, says).toBe(200);
      expect([...changed], says).toEqual([]);
      succeeded('GET', path, status, body, says);
      return body;
    },
    async send(method, path, sent) {
      const { status, body, says } = await call(method, path, sent);
      succeeded(method, path, status, body, says);
      expect([...changed], `${says} changed`).not.toEqual([]);
      return body;
    },
    async ask(method, path, sent) {
      const { status, body, says } = await call(method, path, sent);
      succeeded(method, path, status, body, says);
      expect([...changed], says).toEqual([]);
      return body;
    },
    async refused(status, method, path, sent) {
      const answer = await call(method, path, sent);
      expect(answer.status, answer.says).toBe(status);
      expect([...changed], answer.says).toEqual([]);
      return answer.body;
    },
  };
}
