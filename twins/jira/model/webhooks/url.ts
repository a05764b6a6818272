/**
 * The address of a webhook with its variables filled.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#variable-substitution-in-webhook-urls
 */
import type { Happening } from './happened.ts';

const VALUES: Readonly<Record<string, (happening: Happening) => string | undefined>> = {
  'attachment.id': ({ attachment }) => attachment?.id,
  'board.id': ({ board }) => board && String(board.id),
  'comment.id': ({ comment }) => comment?.id,
  'issue.id': ({ issue }) => issue?.id,
  'issue.key': ({ issue }) => issue?.key,
  'mergedVersion.id': ({ mergedTo }) => mergedTo?.id,
  'modifiedUser.accountId': ({ subject }) => subject?.accountId,
  'project.id': ({ project, issue }) => project?.id ?? issue?.fields.project.id,
  'project.key': ({ project, issue }) => project?.key ?? issue?.key.replace(/-\d+$/, ''),
  'property.key': ({ property }) => property?.key,
  'sprint.id': ({ sprint }) => sprint && String(sprint.id),
  'version.id': ({ version }) => version?.id,
  'worklog.id': ({ worklog }) => worklog?.id,
};

/** What the vendor cannot fill is left empty; names that are none of its own are left to the universe's bindings. */
export const addressed = (url: string, happening: Happening): string =>
  url.replace(/\$?\{([\w.]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
    return value ? encodeURIComponent(value(happening) ?? '') : whole;
  });
