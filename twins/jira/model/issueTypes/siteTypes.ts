/** The types of issue that a site begins with, and those that a new project brings. */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type IssueType,
  type IssueTypeScheme,
  issueTypeSchemes,
  issueTypes,
  type Scope,
} from '../../world.ts';
import { ISSUE_TYPE_SCHEME, ISSUE_TYPES } from '../defaults.ts';
import { nextId } from '../ids.ts';

/** A type of issue that is yet to be made. */
export type TypeDraft = Omit<IssueType, 'id' | 'entityId' | 'scope'>;

/**
 * A scheme for a new project: of the site's types by these names, or, in a team-managed project (`scope`), of
 * types of its own. The default is the first that is no epic and no sub-task, as the vendor's templates have it.
 */
export function makeIssueTypeScheme(
  world: World,
  name: string,
  types: readonly TypeDraft[],
  scope: Scope | undefined,
): IssueTypeScheme {
  return world.insert(issueTypeSchemes, {
    id: nextId(world, 'issueTypeScheme', 10_001),
    name,
    description: '',
    isDefault: false,
    issueTypeIds: types.map(
      (draft) => (scope ? makeIssueType(world, draft, scope) : siteType(world, draft)).id,
    ),
    ...(scope ? { scope } : {}),
  });
}

/** Makes a type of issue; one of the site's joins the default scheme. */
export function makeIssueType(world: World, draft: TypeDraft, scope?: Scope): IssueType {
  const id = nextId(world, 'issueType');
  const made = world.insert(issueTypes, {
    id,
    ...draft,
    ...(scope ? { entityId: uuid(world.drawFor('jira.issueType', id)), scope } : {}),
  });
  if (!scope)
    world.update(issueTypeSchemes, ISSUE_TYPE_SCHEME.id, (row) => ({
      ...row,
      issueTypeIds: [...row.issueTypeIds, id],
    }));
  return made;
}

/** The site's type by this name. */
export function siteTypeNamed(world: World, name: string): IssueType | undefined {
  for (const row of world.list(issueTypes, { index: 'name', equals: name.toLowerCase() }))
    if (!row.scope) return row;
  return undefined;
}

/** The site's type by a draft's name; made where there is none. */
function siteType(world: World, draft: TypeDraft): IssueType {
  beginWithTypes(world);
  return siteTypeNamed(world, draft.name) ?? makeIssueType(world, draft);
}

/** A site's first company-managed project brings the site's five types with it, whichever of them it uses. */
export function beginWithTypes(world: World): void {
  const { issueTypeIds } = world.require(
    issueTypeSchemes,
    ISSUE_TYPE_SCHEME.id,
    () => new Error('the site was not planted'),
  );
  if (issueTypeIds.length === 0) for (const one of ISSUE_TYPES) makeIssueType(world, one);
}
