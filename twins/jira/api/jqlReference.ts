/** What queries may be made of, for those who write them: fields, functions, words, and values as one types. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { badQuery, refused } from '../errors.ts';
import { fieldReference, functionReference } from '../model/jql/reference.ts';
import { RESERVED_WORDS } from '../model/jql/reserved.ts';
import { suggestionsFor } from '../model/jql/suggestions.ts';
import { addressOf, bodyObject, doc } from './address.ts';

const reference = (call: Call, collapsed: boolean) => ({
  visibleFieldNames: fieldReference(call.world, collapsed),
  visibleFunctionNames: functionReference(),
  jqlReservedWords: RESERVED_WORDS,
});

const PREDICATES = ['by', 'from', 'to'];

export const jqlReferenceEndpoints = [
  endpoint(
    {
      id: 'getAutoComplete',
      route: 'GET /rest/api/3/jql/autocompletedata',
      traits: { anonymous: true },
      doc: doc('jql', 'jql-autocompletedata-get'),
    },
    (call) => reference(call, false),
  ),
  endpoint(
    {
      id: 'getAutoCompletePost',
      route: 'POST /rest/api/3/jql/autocompletedata',
      doc: doc('jql', 'jql-autocompletedata-post'),
    },
    (call) => {
      const { projectIds = [], includeCollapsedFields = false } = bodyObject(call);
      if (!Array.isArray(projectIds) || projectIds.some((id) => !Number.isSafeInteger(id)))
        throw refused('badRequest');
      if (typeof includeCollapsedFields !== 'boolean') throw refused('badRequest');
      return reference(call, includeCollapsedFields);
    },
  ),
  endpoint(
    {
      id: 'getFieldAutoCompleteForQueryString',
      route: 'GET /rest/api/3/jql/autocompletedata/suggestions',
      traits: { anonymous: true },
      doc: doc('jql', 'jql-autocompletedata-suggestions-get'),
    },
    (call) => {
      const field = call.query.get('fieldName') ?? '';
      const predicate = call.query.get('predicateName');
      if (field === '') throw badQuery('The fieldName parameter must be provided.');
      if (predicate !== null && !PREDICATES.includes(predicate.toLowerCase()))
        throw badQuery(
          `The predicate '${predicate}' is not supported. Valid predicates are 'by', 'from' and 'to'.`,
        );
      const [name, typed] =
        predicate === null
          ? [field, call.query.get('fieldValue')]
          : [predicate.toLowerCase() === 'by' ? 'assignee' : field, call.query.get('predicateValue')];
      return { results: suggestionsFor(call.world, addressOf(call).me, name, typed ?? '') };
    },
  ),
];
