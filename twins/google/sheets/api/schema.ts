/** Shapes of bodies, with the vendor's own name of each type (`proto`), which its refusals say. */

const CELL = {
  type: ['string', 'number', 'boolean', 'null'],
  proto: 'type.googleapis.com/google.protobuf.Value',
};
const LINE = { type: 'array', items: CELL, proto: 'type.googleapis.com/google.protobuf.ListValue' };

/** `ValueRange`. A null counts as not said. */
export const VALUE_RANGE: Record<string, unknown> = {
  type: ['object', 'null'],
  properties: {
    range: { type: ['string', 'null'], proto: 'TYPE_STRING' },
    majorDimension: {
      enum: ['ROWS', 'COLUMNS', 'DIMENSION_UNSPECIFIED', null],
      proto: 'type.googleapis.com/google.apps.sheets.v4.Dimension',
    },
    values: {
      type: ['array', 'null'],
      items: LINE,
      proto: 'type.googleapis.com/google.protobuf.ListValue',
    },
  },
};

/** `BatchUpdateValuesRequest`. */
export const BATCH_VALUES: Record<string, unknown> = {
  type: 'object',
  properties: {
    data: {
      type: 'array',
      items: VALUE_RANGE,
      proto: 'type.googleapis.com/google.apps.sheets.v4.ValueRange',
    },
  },
};
