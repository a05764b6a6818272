/**
 * Words that mean something in the language, or are kept free for what may come.
 * https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/ (reserved words)
 */

/** Words of the grammar itself. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  'and or not in is was changed empty null order by asc desc after before on during from to cf'.split(' '),
);

/** Words that stand for nothing: values and fields only in quotation marks. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    'abort access add alias all alter any are as audit avg be begin between boolean break byte catch ' +
    'char character check checkpoint collate collation column commit connect continue count ' +
    'create current date decimal declare decrement default defaults define delete delimiter difference ' +
    'distinct divide do double drop else encoding end equals escape exclusive exec execute exists explain ' +
    'false fetch field file first float for function go goto grant greater group having identified if ' +
    'immediate increment index initial inner inout input insert int integer intersect intersection into ' +
    'isempty isnull it join last left less like limit lock long max min minus mode modify modulo more multiply ' +
    'next no noaudit notin nowait number object of option outer output power previous prior privileges ' +
    'public raise raw remainder rename resource return returns revoke right row rowid rownum rows ' +
    'select session set share size sqrt start strict string subtract such sum synonym table that the their then ' +
    'there these they this trans transaction trigger true uid union unique update user validate values view ' +
    'when whenever where while will with'
  ).split(' '),
);

/** All of them, as `/jql/autocompletedata` lists them. */
export const RESERVED_WORDS: readonly string[] = [...KEYWORDS, ...RESERVED].sort();
