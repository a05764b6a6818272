/** Labels: what the domain has published, and what is on files. */
import { table } from '../../../../src/table.ts';

export type LabelValueType = 'text' | 'integer' | 'dateString' | 'selection' | 'user';

/** A field of a published label. */
export interface LabelFieldDefinition {
  id: string;
  name: string;
  type: LabelValueType;
  /** It holds several values. */
  many: boolean;
  /** Of selections. */
  choices?: { id: string; name: string }[];
}

/** A label that the domain's administrators have published. */
export interface LabelDefinition {
  id: string;
  title: string;
  revisionId: string;
  fields: LabelFieldDefinition[];
}

/** A label on a file. */
export interface FileLabel {
  fileId: string;
  labelId: string;
  revisionId: string;
  /** By field: one value or several, as texts; people are e-mails. */
  values: Record<string, string[]>;
}

export const labelDefinitions = table<LabelDefinition>({
  name: 'google.labels',
  key: (row) => row.id,
});

export const fileLabels = table<FileLabel>({
  name: 'google.fileLabels',
  key: (row) => `${row.fileId}/${row.labelId}`,
  texts: {
    labels: { terms: (row) => [row.labelId], place: (key) => key, same: () => true },
  },
});
