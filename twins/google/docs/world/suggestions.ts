/** Suggested changes of documents, and the talk about them. https://developers.google.com/workspace/docs/api/how-tos/suggestions */
import { table } from '../../../../src/table.ts';

/** What somebody said about a suggestion, or did with it. */
export interface SuggestionPost {
  readonly postId: string;
  readonly author: string;
  readonly content: string;
  readonly createTime: string;
  readonly updateTime: string;
  readonly suggestionAction?: 'ACCEPT' | 'REJECT';
  readonly deleted?: boolean;
}

/** One suggestion; what it would change is marked in the document with its id, while it is open. */
export interface Suggestion {
  readonly documentId: string;
  readonly suggestionId: string;
  readonly tabId: string;
  readonly author: string;
  readonly status: 'OPEN' | 'ACCEPTED' | 'REJECTED';
  readonly postId: string;
  readonly createTime: string;
  readonly updateTime: string;
  /** `Add: “X”` */
  readonly summary: string;
  readonly replies: readonly SuggestionPost[];
}

export const suggestions = table<Suggestion>({
  name: 'google.suggestions',
  key: (row) => `${row.documentId}/${row.suggestionId}`,
});
