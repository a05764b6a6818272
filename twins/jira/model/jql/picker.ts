/** Issues that are suggested while one types: those that one had to do with, and those of a query. */
import type { World } from '../../../../src/world/world.ts';
import type { Issue, User } from '../../world.ts';
import { issueNamed } from '../issues/issueNamed.ts';
import { issueTypeOf } from '../projects/projects.ts';
import { searchIssues } from './search.ts';

export interface PickerInput {
  typed: string;
  /** A query within which to look. */
  jql: string | null;
  /** Key of an issue that is not suggested. */
  besides: string | null;
  projectId: string | null;
  subTasks: boolean;
  /** Whether the parent of that issue is suggested. */
  parent: boolean;
}

/** Issues of one list. */
const SUGGESTED_MAX = 20;

/** Both lists; `badQuery` for a query that is none. */
export function pickedIssues(
  world: World,
  me: User | undefined,
  input: PickerInput,
): { history: Issue[]; current: Issue[] } {
  const wanted = matching(world, input);
  const of = (jql: string) =>
    searchIssues(world, me, jql).filter(wanted).page({ limit: SUGGESTED_MAX }).items;
  return {
    history: me ? of('issue in issueHistory() ORDER BY updated DESC') : [],
    current: input.jql === null ? [] : of(input.jql),
  };
}

function matching(world: World, input: PickerInput): (issue: Issue) => boolean {
  const lower = input.typed.trim().toLowerCase();
  const besides = input.besides === null ? undefined : issueNamed(world, input.besides);
  return (issue) => {
    const { summary, project, issuetype } = issue.fields;
    if (issue.id === besides?.id) return false;
    if (!input.parent && issue.id === besides?.fields.parent?.id) return false;
    if (input.projectId !== null && project.id !== input.projectId) return false;
    if (!input.subTasks && issueTypeOf(world, issuetype).subtask) return false;
    const key = issue.key.toLowerCase();
    return key.includes(lower) || summary.toLowerCase().includes(lower);
  };
}
