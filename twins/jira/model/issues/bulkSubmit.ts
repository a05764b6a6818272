/** Bulk operations that say something of each issue: which transition it takes, where it is moved to. */
import type { World } from '../../../../src/world/world.ts';
import { bulkRefused } from '../../errors.ts';
import type { Task, User } from '../../world.ts';
import { transitionsOf } from '../workflows/transitions.ts';
import { allVisible, submitBulk } from './bulk.ts';
import { type MoveInput, targetOf } from './move.ts';

/** Begins the transitions; 400 for one that some issue of its list cannot take. */
export function submitTransition(
  world: World,
  user: User,
  inputs: readonly { selectedIssueIdsOrKeys: readonly string[]; transitionId: string }[],
): Task {
  const transitions: Record<string, string> = {};
  for (const { selectedIssueIdsOrKeys, transitionId } of inputs)
    for (const issue of allVisible(world, user, selectedIssueIdsOrKeys)) {
      if (!transitionsOf(world, issue, user).some((one) => one.id === transitionId))
        throw bulkRefused(`The transition ${transitionId} is not valid for the issue ${issue.key}.`);
      transitions[issue.id] = transitionId;
    }
  const selected = Object.keys(transitions);
  return submitBulk(world, user, 'bulkTransition', selected, { selected, transitions });
}

interface Mapping {
  issueIdsOrKeys?: readonly string[];
  inferFieldDefaults?: boolean;
  inferStatusDefaults?: boolean;
  inferSubtaskTypeDefault?: boolean;
  targetMandatoryFields?: readonly { fields: Readonly<Record<string, FieldValue>> }[] | null;
  targetStatus?: readonly { statuses: Readonly<Record<string, readonly string[]>> }[] | null;
}

interface FieldValue {
  retain?: boolean | null;
  type?: 'adf' | 'raw' | null;
  value: unknown;
}

/** Begins a move; 400 for a target that is not there or does not fit, and for mappings beside inferred defaults. */
export function submitMove(world: World, user: User, mapping: Readonly<Record<string, Mapping>>): Task {
  const entries = Object.entries(mapping);
  if (entries.length === 0) throw bulkRefused('targetToSourcesMapping must not be empty.');
  const moves = entries.map(([target, sources]) => moveOf(world, user, target, sources));
  for (const move of moves) targetOf(world, user, move);
  const selected = moves.flatMap((move) => move.issueIds);
  return submitBulk(world, user, 'bulkMove', selected, { selected, moves });
}

function moveOf(world: World, user: User, target: string, sources: Mapping): MoveInput {
  const [project = '', issueType = '', parent] = target.split(',').map((part) => part.trim());
  const { targetStatus, targetMandatoryFields } = sources;
  if (sources.inferStatusDefaults === true && targetStatus?.length)
    throw bulkRefused('targetStatus must be empty when inferStatusDefaults is true.');
  if (sources.inferFieldDefaults === true && targetMandatoryFields?.length)
    throw bulkRefused('targetMandatoryFields must be empty when inferFieldDefaults is true.');
  const statuses = (targetStatus ?? []).flatMap((one) =>
    Object.entries(one.statuses).flatMap(([to, from]) => from.map((id) => [id, to] as const)),
  );
  const fields = (targetMandatoryFields ?? []).flatMap((one) =>
    Object.entries(one.fields).map(([id, given]) => [id, read(id, given)] as const),
  );
  return {
    project,
    issueType,
    ...(parent ? { parent } : {}),
    issueIds: allVisible(world, user, sources.issueIdsOrKeys ?? []).map((issue) => issue.id),
    subtasksFollow: sources.inferSubtaskTypeDefault === true,
    ...(sources.inferStatusDefaults === false ? { statuses: Object.fromEntries(statuses) } : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
  };
}

/** Fields of which a mapping gives ids, one or several. */
const SEVERAL = new Set(['components', 'fixVersions', 'versions']);

/** A value as an edit of one issue takes it. */
function read(id: string, { value, type, retain }: FieldValue): { value: unknown; retain: boolean } {
  const kept = { retain: retain !== false };
  if (type === 'adf' || !Array.isArray(value)) return { ...kept, value };
  if (id === 'labels') return { ...kept, value };
  if (SEVERAL.has(id)) return { ...kept, value: value.map((one) => ({ id: one })) };
  const [first = null] = value as string[];
  return { ...kept, value: id === 'priority' ? { id: first } : first };
}
