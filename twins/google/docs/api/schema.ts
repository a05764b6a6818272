/** Shapes of Docs' bodies. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request */
import { anything, flag, list, message, text, whole } from '../../schema.ts';

const LOCATION = message({ index: whole, segmentId: text, tabId: text });
const RANGE = message({ startIndex: whole, endIndex: whole, segmentId: text, tabId: text });

export const DOCUMENT_BODY = message({ title: text });

export const BATCH_BODY = message({
  requests: list(
    message({
      insertText: message({ text, location: LOCATION, endOfSegmentLocation: LOCATION }),
      deleteContentRange: message({ range: RANGE }),
      replaceAllText: message({ containsText: message({ text, matchCase: flag }), replaceText: text }),
      updateTextStyle: message({ range: RANGE, textStyle: anything, fields: text }),
      updateParagraphStyle: message({ range: RANGE, paragraphStyle: anything, fields: text }),
      createNamedRange: message({ name: text, range: RANGE }),
      deleteNamedRange: message({ namedRangeId: text, name: text }),
    }),
  ),
  writeControl: message({ requiredRevisionId: text, targetRevisionId: text }),
});
