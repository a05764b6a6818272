/**
 * What a query can ask about: what an issue holds, what a written value means, and which operators there are. A choice
 * is compared by ids, a size by numbers or moments, a text by its words.
 * https://support.atlassian.com/jira-software-cloud/docs/jql-fields/
 */
import type { Places } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Issue, User } from '../../entities.ts';
import type { Operator, Value } from './ast.ts';

/** What the values of a field are, as functions give them and `/jql/autocompletedata` names them. */
export type ValueType =
  | 'user'
  | 'issue'
  | 'project'
  | 'version'
  | 'component'
  | 'issueType'
  | 'sprint'
  | 'option'
  | 'date'
  | 'text'
  | 'number'
  | 'duration'
  | 'filter'
  | 'priority'
  | 'resolution'
  | 'status'
  | 'statusCategory'
  | 'level'
  | 'category'
  | 'group'
  | 'label'
  | 'linkType'
  | 'attachment'
  | 'projectType'
  | 'team'
  | 'other';

interface Base {
  operators: ReadonlySet<Operator>;
  type: ValueType;
  /** Whether `EMPTY` may be asked for by other operators than `is`. */
  empty: boolean;
}

/** Whom a search is for, and when. */
export interface Asking {
  world: World;
  /** The account; undefined for nobody. */
  accountId: string | undefined;
}

export interface Choice extends Base {
  kind: 'choice';
  ids(world: World, issue: Issue): readonly string[];
  /** Ids that a written value means; none where there is no such thing. */
  find(asking: Asking, value: Value): readonly string[];
  /** The issues that hold one of these ids, told by indexes; undefined where none tells. */
  within?(world: World, ids: readonly string[]): Places[] | undefined;
  /** The issues that hold nothing, likewise. */
  without?(world: World): Places | undefined;
  /** How two ids stand to one another, for `<`; undefined where they cannot be compared. */
  compare?(world: World, a: string, b: string): number | undefined;
  /** What to say of a value that means nothing. */
  missing(value: Value, name: string): string;
  /** A value that means nothing finds nothing, and is no reason to refuse the query. */
  lenient?: boolean;
}

export interface Size extends Base {
  kind: 'size';
  /** What is written: a moment, a day of the calendar, a number, minutes of work, how many there are. */
  unit: 'moment' | 'day' | 'number' | 'work' | 'count' | 'integer';
  /** All that the issue holds; mostly one. */
  values(world: World, issue: Issue): readonly number[];
  /** The index of issues that holds their moments in order. */
  index?: 'byCreation' | 'byUpdate';
}

export interface Text extends Base {
  kind: 'text';
  /** As `me` sees them: less what is restricted to others. */
  texts(world: World, issue: Issue, me: User | undefined): readonly string[];
  /** The issues in whose texts the word stands (in the form in which words are compared); absent: no index tells. */
  within?(world: World, stemmed: string, me: User | undefined): Places[];
}

export type JqlField = Choice | Size | Text;

const EQUALITY: readonly Operator[] = ['=', '!=', 'in', 'not in'];
const EMPTINESS: readonly Operator[] = ['is', 'is not'];
const ORDER: readonly Operator[] = ['<', '<=', '>', '>='];
const LIKENESS: readonly Operator[] = ['~', '!~'];
const HISTORY: readonly Operator[] = ['was', 'was not', 'was in', 'was not in', 'changed'];

/** Sets of operators by what they do. */
export const OPERATORS = {
  equality: new Set(EQUALITY),
  equalityAndEmpty: new Set([...EQUALITY, ...EMPTINESS]),
  ordered: new Set([...EQUALITY, ...ORDER]),
  orderedAndEmpty: new Set([...EQUALITY, ...EMPTINESS, ...ORDER]),
  text: new Set([...LIKENESS, ...EMPTINESS]),
  like: new Set(LIKENESS),
  contains: new Set<Operator>(['~']),
  emptiness: new Set(EMPTINESS),
  remembered: new Set([...EQUALITY, ...EMPTINESS, ...HISTORY]),
  orderedAndRemembered: new Set([...EQUALITY, ...EMPTINESS, ...ORDER, ...HISTORY]),
  any: new Set([...EQUALITY, ...EMPTINESS, ...ORDER, ...LIKENESS]),
} as const satisfies Record<string, ReadonlySet<Operator>>;

export const isHistory = (operator: Operator): boolean => HISTORY.includes(operator);

/** `A value with ID '7' does not exist for the field 'project'.`, or the same of a name. */
export const noSuchValue = (value: Value, name: string): string =>
  value.number
    ? `A value with ID '${value.text}' does not exist for the field '${name}'.`
    : `The value '${value.text}' does not exist for the field '${name}'.`;
