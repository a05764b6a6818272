/** The work that tasks do, by name: a line for each. */
import {
  bulkDelete,
  bulkEdit,
  bulkMove,
  bulkTransition,
  bulkUnwatch,
  bulkWatch,
} from '../issues/bulkWorks.ts';
import type { TaskWork } from './tasks.ts';

export const TASK_WORKS: Readonly<Record<string, TaskWork>> = {
  bulkDelete,
  bulkEdit,
  bulkMove,
  bulkTransition,
  bulkUnwatch,
  bulkWatch,
};
