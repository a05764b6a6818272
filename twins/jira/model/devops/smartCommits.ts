/**
 * Smart commits: what the message of a commit has done at the issues that it names, in the name of its author.
 * https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
 */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Issue, User } from '../../world.ts';
import { addComment } from '../issues/comments.ts';
import { BY_ITSELF } from '../issues/estimates.ts';
import { issueNamed } from '../issues/issueNamed.ts';
import { addWorklog } from '../issues/worklogs.ts';
import { userByEmail } from '../people/people.ts';
import { mayBrowse } from '../permissions/may.ts';
import { transitionsOf } from '../workflows/transitions.ts';
import { transitionIssue } from '../workflows/workflow.ts';

/** A commit as far as it commands. */
export interface Commanding {
  message: string;
  email: string;
}

/** Does what commits say, where their author is a person of the site; what cannot be done is left. */
export function obey(world: World, commits: readonly Commanding[]): void {
  for (const { message, email } of commits) {
    const author = userByEmail(world, email);
    if (!author?.active) continue;
    for (const { keys, commands } of message.split('\n').map(commandsIn))
      for (const key of keys) {
        const issue = issueNamed(world, key);
        if (issue && mayBrowse(world, author, issue))
          for (const command of commands) carryOut(world, author, issue.id, command);
      }
  }
}

interface Command {
  name: string;
  words: string;
}

/** `ENG-1 ENG-2 #time 2h fixed #close`: the keys before the first command, and the commands with their words. */
export function commandsIn(line: string): { keys: string[]; commands: Command[] } {
  const [head = '', ...rest] = line.split(/(?:^|\s)#(?=[A-Za-z])/);
  return {
    keys: head.match(/\b[A-Z][A-Z0-9_]+-\d+\b/g) ?? [],
    commands: rest.map((text) => {
      const [, name = '', words = ''] = /^([\w-]+)\s*(.*)$/.exec(text) ?? [];
      return { name: name.toLowerCase(), words: words.trim() };
    }),
  };
}

const DURATION = /^((?:\d+(?:\.\d+)?[wdhm]\s*)+)(.*)$/i;

function carryOut(world: World, author: User, issueId: string, { name, words }: Command): void {
  const issue = issueNamed(world, issueId);
  if (!issue) return;
  try {
    world.attempt(() => {
      if (name === 'comment') addComment(world, issue, author, { body: words }, 'wiki');
      else if (name === 'time') logTime(world, author, issue, words);
      else move(world, author, issue, name);
    });
  } catch (error) {
    // The service writes the author a mail about what it could not do.
    if (!(error instanceof ApiError)) throw error;
  }
}

function logTime(world: World, author: User, issue: Issue, words: string): void {
  const [, timeSpent, comment = ''] = DURATION.exec(words) ?? [];
  if (timeSpent === undefined) return;
  const input = { timeSpent: timeSpent.trim(), ...(comment === '' ? {} : { comment }) };
  addWorklog(world, issue, author, input, 'wiki', BY_ITSELF);
}

/** The first transition whose name begins so, blanks written as hyphens. */
function move(world: World, author: User, issue: Issue, name: string): void {
  const way = transitionsOf(world, issue, author).find((one) =>
    one.name.toLowerCase().replaceAll(' ', '-').startsWith(name),
  );
  if (way) transitionIssue(world, issue, author, { transition: { id: way.id } }, 'wiki');
}
