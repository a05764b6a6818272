/** What comes along with an issue's values, once the issue stands: comments, work, links, properties. */
import type { World } from '../../../../src/world/world.ts';
import { badFields } from '../../errors.ts';
import { type Issue, issues, type User } from '../../world.ts';
import { keepProperties } from '../properties.ts';
import type { TextForm } from '../text/richText.ts';
import { addComment, deleteComment, updateComment } from './comments.ts';
import type { Adjustment } from './estimates.ts';
import { entries, type FieldInput, objects } from './issueFields.ts';
import { linkIssues } from './links.ts';
import { addWorklog, deleteWorklog, updateWorklog } from './worklogs.ts';

type Json = Record<string, unknown>;
type Apply = (world: World, issue: Issue, user: User, value: Json, form: TextForm) => void;

/** By field, the verbs that make or change other things than values. */
const VERBS: Readonly<Record<string, { name: string; verbs: Readonly<Record<string, Apply>> }>> = {
  comment: {
    name: 'Comment',
    verbs: {
      add: (world, issue, user, value, form) => void addComment(world, issue, user, value, form),
      edit: (world, issue, user, { id, ...value }, form) =>
        void updateComment(world, issue, user, String(id), value, form),
      remove: (world, issue, user, { id }) => deleteComment(world, issue, user, String(id)),
    },
  },
  worklog: {
    name: 'Log Work',
    verbs: {
      add: (world, issue, user, value, form) =>
        void addWorklog(world, issue, user, value, form, adjustmentIn(value)),
      edit: (world, issue, user, { id, ...value }, form) =>
        void updateWorklog(world, issue, user, String(id), value, form, adjustmentIn(value)),
      remove: (world, issue, user, value) =>
        deleteWorklog(world, issue, user, String(value.id), adjustmentIn(value)),
    },
  },
  issuelinks: {
    name: 'Linked Issues',
    verbs: {
      add: (world, issue, user, link, form) => {
        const own = { id: issue.id };
        const ends = link.outwardIssue ? { inwardIssue: own } : { outwardIssue: own };
        linkIssues(world, user, { ...link, ...ends }, form);
      },
    },
  },
};

/**
 * Deals with the verbs of `update` that make other things than values, and with `properties`. `badFields` for a verb that
 * a field does not have, and whatever those things refuse.
 */
export function afterwards(
  world: World,
  issue: Issue,
  user: User,
  input: FieldInput & { properties?: unknown },
  form: TextForm,
): void {
  const update = Object.fromEntries(entries(input.update));
  for (const [field, { name, verbs }] of Object.entries(VERBS))
    for (const [verb, value] of objects(update[field]).flatMap(entries)) {
      const apply = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (!apply)
        throw badFields({
          [field]: `Field with id '${field}' and name '${name}' does not support operation '${verb}' Supported operation(s) are: ${Object.keys(verbs).join(', ')}`,
        });
      const [one] = objects([value]);
      // Each verb meets the issue as the one before it left it.
      apply(world, world.get(issues, issue.id) ?? issue, user, one as Json, form);
    }
  keepProperties(world, 'issue', issue.id, input.properties);
}

/** What a verb of logged work says of the remaining estimate, beside the work itself. */
function adjustmentIn(value: Json): Adjustment {
  const text = (key: keyof Adjustment) => (typeof value[key] === 'string' ? (value[key] as string) : null);
  return {
    adjustEstimate: text('adjustEstimate'),
    newEstimate: text('newEstimate'),
    reduceBy: text('reduceBy'),
    increaseBy: text('increaseBy'),
  };
}
