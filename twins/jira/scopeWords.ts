/**
 * Scopes in the words of the consent page.
 * https://developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps/
 */
import { readOperations } from '../../src/operations.ts';

const WORDS: Readonly<Record<string, string>> = {
  'read:jira-user': 'View user profiles: usernames, e-mail addresses and avatars that you may see',
  'read:jira-work': 'View Jira issue data: projects, issues, and what hangs on them',
  'write:jira-work': 'Create and manage issues: create, edit, comment, transition, and log work as you',
  'manage:jira-project': 'Manage project settings: components, versions and what project administrators do',
  'manage:jira-configuration': 'Manage Jira global settings: what Jira administrators do',
  'manage:jira-webhook': 'Manage Jira webhooks: register and delete webhooks',
  'manage:jira-data-provider': 'Manage development and release information',
  'read:me': 'View your profile: name, e-mail and avatar',
  'read:account': 'View your account',
  offline_access: 'Act for you when you are away',
};

/** What the operations of the API ask for, with the vendor's mark of the newer ones taken off. */
const granular = new Set(
  readOperations('jira')
    .flatMap(({ scopes = [] }) => scopes)
    .map((scope) => scope.replace(/^Beta=/, ''))
    .filter((scope) => scope !== ''),
);

/** A scope in words; undefined where there is none of this name. */
export function scopeWords(scope: string): string | undefined {
  if (Object.hasOwn(WORDS, scope)) return WORDS[scope];
  if (!granular.has(scope)) return undefined;
  const [verb = '', what = ''] = scope.split(':');
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${what.replace(/[.-]/g, ' ')}`;
}
