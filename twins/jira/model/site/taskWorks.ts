/** The work that tasks do, by name: a line for each. */

import { appOptionReplaced } from '../fields/appOptions.ts';
import { fieldDeleted } from '../fields/customFields.ts';
import { optionReplaced } from '../fields/optionReplacement.ts';
import { archiveFound } from '../issues/archive.ts';
import { exportWork } from '../issues/archiveExport.ts';
import { deleteIssueProperty, setIssueProperties, setIssueProperty } from '../issues/bulkProperties.ts';
import {
  bulkDelete,
  bulkEdit,
  bulkMove,
  bulkTransition,
  bulkUnwatch,
  bulkWatch,
} from '../issues/bulkWorks.ts';
import { redact } from '../issues/redaction.ts';
import { associateSecurityScheme, removeSecurityLevel } from '../permissions/securityWorks.ts';
import { deletePriorityLater } from '../priorities/priorities.ts';
import { migratePriorities } from '../priorities/prioritySchemes.ts';
import { deleteProjectLater } from '../projects/projectLife.ts';
import { createOfTemplateLater } from '../projects/templatePayload.ts';
import { deleteResolutionLater } from '../resolutions.ts';
import { migrateStatuses } from '../workflows/migration.ts';
import type { TaskWork } from './tasks.ts';

export const TASK_WORKS: Readonly<Record<string, TaskWork>> = {
  associateSecurityScheme,
  removeSecurityLevel,
  archiveIssues: archiveFound,
  bulkDelete,
  bulkEdit,
  bulkMove,
  bulkTransition,
  bulkUnwatch,
  bulkWatch,
  deleteIssueProperty,
  exportArchived: exportWork,
  redact,
  setIssueProperties,
  setIssueProperty,
  deleteField: fieldDeleted,
  replaceAppOption: appOptionReplaced,
  replaceOption: optionReplaced,
  createProject: createOfTemplateLater,
  deletePriority: deletePriorityLater,
  deleteProject: deleteProjectLater,
  migrateStatuses,
  deleteResolution: deleteResolutionLater,
  migratePriorities,
};
