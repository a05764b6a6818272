/** Transitions of an issue: which there are, and doing one. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { requireVisibleIssue } from '../model/permissions/visible.ts';
import { issueTypeOf, projectOf, statusOf } from '../model/projects/projects.ts';
import { hasScreen, screenFieldsOf } from '../model/workflows/transitionScreen.ts';
import {
  destination,
  isConditional,
  isLooped,
  startingAt,
  transitionsOf,
} from '../model/workflows/transitions.ts';
import { transitionIssue } from '../model/workflows/workflow.ts';
import type { Issue, Transition } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { metaOfFields } from './fieldMeta.ts';
import { statusView } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** The transitions that the caller may do, as an issue shows them. */
export const transitionViews = (at: Address, issue: Issue): Json[] =>
  inOrder(at, issue, transitionsOf(at.world, issue, at.me), false).map((one) =>
    transitionView(at, issue, one, true, false),
  );

const transitionView = (
  at: Address,
  issue: Issue,
  transition: Transition,
  available: boolean,
  fields: boolean,
): Json => ({
  id: transition.id,
  name: transition.name,
  to: statusView(at, statusOf(at.world, { id: destination(transition, issue) })),
  hasScreen: hasScreen(at.world, transition),
  isGlobal: transition.type === 'GLOBAL',
  isInitial: transition.type === 'INITIAL',
  isAvailable: available,
  isConditional: isConditional(transition),
  isLooped: isLooped(transition, issue),
  ...(fields ? { fields: fieldsShown(at, issue, transition) } : {}),
});

/** What may be set along with a transition. */
function fieldsShown(at: Address, issue: Issue, transition: Transition): Json {
  const { world } = at;
  const project = projectOf(world, issue.fields.project);
  const type = issueTypeOf(world, issue.fields.issuetype);
  return metaOfFields(at, project, type, screenFieldsOf(world, issue, transition), 'edit');
}

/** By the sequence that their properties give them; `byStatus`: those alike by where they lead. */
function inOrder(
  at: Address,
  issue: Issue,
  all: readonly Transition[],
  byStatus: boolean,
): readonly Transition[] {
  const sequence = ({ properties }: Transition) => Number(properties['opsbar-sequence'] ?? 0) || 0;
  const category = (one: Transition) =>
    CATEGORY_ORDER.indexOf(
      statusOf(at.world, { id: destination(one, issue) }).statusCategory
        .id as (typeof CATEGORY_ORDER)[number],
    );
  return [...all].sort((a, b) => sequence(a) - sequence(b) || (byStatus ? category(a) - category(b) : 0));
}

/** To Do, In Progress, Done. */
const CATEGORY_ORDER = [2, 4, 3] as const;

const flag = (call: Call, name: string): boolean => call.query.get(name) === 'true';

/** What `GET …/transitions` lists, with whether each may be done. */
function asked(call: Call, at: Address, issue: Issue): { one: Transition; available: boolean }[] {
  const remote = flag(call, 'skipRemoteOnlyCondition') && call.actor?.app !== undefined;
  const open = new Set(transitionsOf(at.world, issue, at.me, remote));
  const all = flag(call, 'includeUnavailableTransitions') ? startingAt(at.world, issue) : [...open];
  const id = call.query.get('transitionId');
  return inOrder(at, issue, all, flag(call, 'sortByOpsBarAndStatus'))
    .filter((one) => !id || one.id === id)
    .map((one) => ({ one, available: open.has(one) }));
}

export const transitionEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getTransitions',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/transitions',
      doc: doc('issues', 'issue-issueidorkey-transitions-get'),
    },
    (call) => {
      const at = addressOf(call);
      const issue = requireVisibleIssue(call.world, at.me, call.params.issueIdOrKey);
      const fields = listParameter(call.query, 'expand').includes('transitions.fields');
      const transitions = asked(call, at, issue).map(({ one, available }) =>
        transitionView(at, issue, one, available, fields),
      );
      return { expand: 'transitions', transitions };
    },
  ),
  endpoint(
    {
      id: 'doTransition',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/transitions',
      status: 204,
      traits: { emptyType: 'text/html;charset=UTF-8' },
      doc: doc('issues', 'issue-issueidorkey-transitions-post'),
    },
    (call) => {
      const me = caller(call);
      const issue = requireVisibleIssue(call.world, me, call.params.issueIdOrKey);
      transitionIssue(call.world, issue, me, bodyObject(call), addressOf(call).form);
    },
  ),
];
