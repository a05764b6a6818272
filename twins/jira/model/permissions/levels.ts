/**
 * Security levels at issues: which one an issue has, gets when it is made, and hands to its sub-tasks.
 * https://support.atlassian.com/jira-cloud-administration/docs/configure-issue-security-schemes/
 */

import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type Issue,
  type IssueFields,
  issues,
  type Project,
  type Ref,
  type SecurityLevel,
  securityLevels,
  securitySchemes,
} from '../../world.ts';
import { childrenOf, levelOf } from '../issues/issueNamed.ts';

/** The level of an issue; undefined where it is hidden from nobody. */
export const levelOfIssue = (world: World, { security }: IssueFields): SecurityLevel | undefined =>
  security ? world.get(securityLevels, security.id) : undefined;

/** The levels of a project's scheme, by id; none without a scheme. */
export const levelsOf = (world: World, { securityScheme }: Project): SecurityLevel[] =>
  securityScheme === undefined
    ? []
    : world.list(securityLevels, { index: 'scheme', equals: String(securityScheme) }).toArray();

/** The level that new issues of a project have. */
export function defaultLevel(world: World, { securityScheme }: Project): Ref | null {
  const scheme =
    securityScheme === undefined ? undefined : world.get(securitySchemes, sortable(securityScheme));
  return scheme?.defaultLevelId === undefined ? null : { id: scheme.defaultLevelId };
}

/** The level of the issue above, which a sub-task always has; undefined where there is none above. */
export const inherited = (world: World, parent: Ref | null): Ref | null | undefined =>
  parent ? (world.get(issues, parent.id)?.fields.security ?? null) : undefined;

/** Gives an issue's level to its sub-tasks. */
export function passLevelOn(world: World, issue: Issue): void {
  const security = issue.fields.security ?? null;
  for (const child of childrenOf(world, issue))
    if (levelOf(world, child) === -1 && child.fields.security?.id !== security?.id)
      world.put(issues, { ...child, fields: { ...child.fields, security } });
}
