/** What comes along with an issue's values, once the issue stands: comments, work, links, properties. */
import type { World } from '../../../../src/world/world.ts';
import { type Issue, issues, type User } from '../../world.ts';
import { keepProperties } from '../properties.ts';
import type { TextForm } from '../text/richText.ts';
import { addComment } from './comments.ts';
import { BY_ITSELF } from './estimates.ts';
import { entries, type FieldInput, objects } from './issueFields.ts';
import { linkIssues } from './links.ts';
import { addWorklog } from './worklogs.ts';

/** Deals with the verbs of `update` that make other things than values, and with `properties`. */
export function afterwards(
  world: World,
  issue: Issue,
  user: User,
  input: FieldInput & { properties?: unknown },
  form: TextForm,
): void {
  const update = Object.fromEntries(entries(input.update));
  const added = (id: string) => objects(update[id]) as { add?: object }[];
  for (const { add } of added('comment')) if (add) addComment(world, issue, user, add, form);
  for (const { add } of added('worklog'))
    if (add) addWorklog(world, world.get(issues, issue.id) ?? issue, user, add, form, BY_ITSELF);
  keepProperties(world, 'issue', issue.id, input.properties);
  for (const { add } of added('issuelinks')) {
    if (!add) continue;
    const link = add as { inwardIssue?: unknown; outwardIssue?: unknown };
    const own = { id: issue.id };
    linkIssues(
      world,
      user,
      link.outwardIssue ? { ...link, inwardIssue: own } : { ...link, outwardIssue: own },
      form,
    );
  }
}
