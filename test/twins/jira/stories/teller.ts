/** Tells stories of a site's resources. */
import { compileTwin } from '../../../../src/pipeline.ts';
import type { WorldFile } from '../../../../src/world/file.ts';
import { jira } from '../../../../twins/jira/twin.ts';
import { jiraPath } from '../../../../twins/jira/wire.ts';
import { openApi, specFolder } from '../../openApi.ts';
import { type Calls, calls } from '../../teller.ts';
import { openSite, type TestSite } from '../site.ts';

export type { Body } from '../../teller.ts';

/** What a family of resources goes through, told from the client's side. */
export interface Story {
  says: string;
  /** The site that it happens in; the test site unless said. */
  world?: WorldFile;
  tell(teller: Teller): Promise<void>;
}

export interface Teller extends Calls {
  site: TestSite;
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
  return {
    site,
    ...calls(
      site.universe,
      (method, path, body) => site.call(method, atRoot(path), body),
      (method, path, status, body) => {
        const match = router.match(method, jiraPath(atRoot(path.split('?', 1)[0] ?? '')));
        if (!('target' in match && match.target.endpoint)) return;
        const { id, route } = match.target.endpoint;
        told.add(`${id} ${route}`);
        if (body !== '') described.hold(route, status, body);
      },
    ),
  };
}
