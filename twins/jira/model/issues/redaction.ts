/**
 * Texts that are blacked out for good: of a field, a comment or a worklog, and of the history.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-redaction/
 */
import { createHash } from 'node:crypto';
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { REDACTIONS_MAX } from '../../limits.ts';
import {
  comments,
  histories,
  issues,
  type RedactionJob,
  redactionJobs,
  type Task,
  tasks,
  type User,
  worklogs,
} from '../../world.ts';
import { requireAdmin } from '../permissions/may.ts';
import { audit } from '../site/audit.ts';
import { startTask } from '../site/tasks.ts';
import type { AdfDocument, AdfNode } from '../text/adf.ts';

export interface Redaction {
  externalId: string;
  reason: string;
  contentItem: {
    entityType: 'issuefieldvalue' | 'issue-comment' | 'issue-worklog';
    /** A field id, or the id of a comment or worklog. */
    entityId: string;
    /** The issue's. */
    id: string;
  };
  redactionPosition: {
    /** Base64 of the SHA-256 of the text that is there now. */
    expectedText: string;
    from: number;
    to: number;
    /** Where in a document the text is, as `/content/0/content/0/text`. */
    adfPointer?: string;
  };
}

/** Begins a job; 400 for none or too many, 403 for others than administrators. */
export function submitRedactions(world: World, user: User, redactions: readonly Redaction[]): RedactionJob {
  requireAdmin(world, user);
  if (redactions.length === 0) throw badQuery('At least one redaction must be requested.');
  if (redactions.length > REDACTIONS_MAX)
    throw badQuery(`The number of redactions exceeds the limit of ${REDACTIONS_MAX}.`);
  const { id: task } = startTask(world, {
    description: 'Redact issue data',
    submitter: { accountId: user.accountId },
    work: 'redact',
    input: { redactions },
  });
  return world.insert(redactionJobs, { id: uuid(world.draw('jira.redaction')), task });
}

/** The task behind a job; 404 for an unknown one. */
export function redactionTask(world: World, user: User, id: string): Task {
  requireAdmin(world, user);
  const gone = () => missing(`The redaction job with id ${id} was not found.`);
  return world.require(tasks, world.require(redactionJobs, id, gone).task, gone);
}

/** The work of such a task: each redaction by itself, and whether the expected text was there. */
export function redact(
  world: World,
  { redactions }: { redactions: readonly Redaction[] },
  submitter: { accountId: string },
): unknown {
  const results = redactions.map((one) => ({ externalId: one.externalId, successful: blackOut(world, one) }));
  audit(world, { summary: 'Issue data redacted', category: 'issue', author: submitter });
  return { results };
}

type Text = string | AdfDocument | null | undefined;

function blackOut(world: World, { contentItem: { entityType, entityId, id }, redactionPosition }: Redaction) {
  const at = (text: Text) => redacted(text, redactionPosition);
  if (entityType === 'issue-comment') {
    const row = world.get(comments, entityId);
    const done = row?.issueId === id ? at(row.body) : undefined;
    if (!row || !done) return false;
    const { wiki: _, ...rest } = row;
    world.put(comments, { ...rest, body: done.after as AdfDocument });
    return true;
  }
  if (entityType === 'issue-worklog') {
    const row = world.get(worklogs, entityId);
    const done = row?.issueId === id ? at(row.comment) : undefined;
    if (!row || !done) return false;
    const { wiki: _, ...rest } = row;
    world.put(worklogs, { ...rest, comment: done.after as AdfDocument });
    return true;
  }
  const issue = world.get(issues, id);
  const field = issue?.fields[entityId as 'summary'] as Text;
  const done = issue ? at(field) : undefined;
  if (!issue || !done) return false;
  const { wiki: _, ...rest } = issue;
  world.put(issues, { ...rest, fields: { ...issue.fields, [entityId]: done.after } });
  forget(world, id, entityId, done.text);
  return true;
}

/** The text that was at a place, and the whole with it blacked out; undefined where another is there. */
function redacted(
  whole: Text,
  { expectedText, from, to, adfPointer }: Redaction['redactionPosition'],
): { after: Text; text: string } | undefined {
  const node = typeof whole === 'string' ? undefined : textNodeAt(whole, adfPointer ?? '');
  const before = typeof whole === 'string' ? whole : node?.text;
  const text = before?.slice(from, to) ?? '';
  if (before === undefined || text.length !== to - from || text === '') return undefined;
  if (createHash('sha256').update(text).digest('base64') !== expectedText) return undefined;
  const after = before.slice(0, from) + black(text) + before.slice(to);
  if (typeof whole === 'string') return { after, text };
  return { after: replaced(whole as AdfDocument, node as AdfNode, after) as AdfDocument, text };
}

const black = (text: string): string => '█'.repeat(text.length);

/** The node whose `text` a pointer is for. */
function textNodeAt(doc: AdfNode | null | undefined, pointer: string): AdfNode | undefined {
  const indexes = [...pointer.matchAll(/\/content\/(\d+)/g)].map(([, index]) => Number(index));
  let node = doc ?? undefined;
  for (const index of indexes) node = node?.content?.[index];
  return node?.type === 'text' ? node : undefined;
}

/** A copy of a tree in which one node has another text. */
function replaced(tree: AdfNode, node: AdfNode, text: string): AdfNode {
  if (tree === node) return { ...tree, text };
  return tree.content ? { ...tree, content: tree.content.map((one) => replaced(one, node, text)) } : tree;
}

/** The history of a field must not tell the text either. */
function forget(world: World, issueId: string, fieldId: string, text: string): void {
  const without = (value: string | null) => value?.replaceAll(text, black(text)) ?? null;
  for (const row of world.list(histories, { index: 'issue', equals: issueId }).toArray())
    if (row.items.some((item) => item.fieldId === fieldId))
      world.put(histories, {
        ...row,
        items: row.items.map((item) =>
          item.fieldId === fieldId
            ? { ...item, fromString: without(item.fromString), toString: without(item.toString) }
            : item,
        ),
      });
}
