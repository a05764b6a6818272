/**
 * What queries ask of that which tools of development tell: `development[pullrequests].open > 0`,
 * `deploymentEnvironmentType = production`.
 * https://support.atlassian.com/jira-software-cloud/docs/jql-fields/
 */
import { type Development, deploymentsAbout, developmentOf } from '../devops/summary.ts';
import { type Choice, type JqlField, OPERATORS, type Size } from './field.ts';
import { choice, size } from './fieldKinds.ts';

const counted = (of: (development: Development) => number): Size =>
  size('count', (world, issue) => [of(developmentOf(world, issue.id))], {
    operators: OPERATORS.ordered,
    empty: false,
  });

/** A part of the deployments about an issue: whatever is asked for is a value, told or not. */
const deployed = (of: (data: Readonly<Record<string, unknown>>) => unknown): Choice =>
  choice({
    ids: (world, issue) =>
      deploymentsAbout(world, issue.id).map(({ data }) => String(of(data)).toLowerCase()),
    find: (_, value) => [value.text.toLowerCase()],
    lenient: true,
  });

const inside = (value: unknown, key: string): unknown => (value as Record<string, unknown>)[key];

/** By the name of a query, in lower case. */
export const DEVELOPMENT: Readonly<Record<string, JqlField>> = {
  'development[commits].all': counted(({ commits }) => commits),
  'development[branches].all': counted(({ branches }) => branches),
  'development[pullrequests].all': counted(({ pullRequests }) => pullRequests.all),
  'development[pullrequests].open': counted(({ pullRequests }) => pullRequests.open),
  'development[builds].all': counted(({ builds }) => builds.all),
  'development[builds].failing': counted(({ builds }) => builds.failed),
  'development[builds].passing': counted(({ builds }) => builds.successful),
  deploymentenvironmentname: deployed(({ environment }) => inside(environment, 'displayName')),
  deploymentenvironmenttype: deployed(({ environment }) => inside(environment, 'type')),
  deploymentname: deployed(({ displayName }) => displayName),
  deploymentstate: deployed(({ state }) => state),
};
