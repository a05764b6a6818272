/** The work that tasks do, by name: a line for each. */
import type { TaskWork } from './tasks.ts';

export const TASK_WORKS: Readonly<Record<string, TaskWork>> = {};
