/** Developer metadata found by its key, value, id or place. */
import type { DeveloperMetadata, SpreadsheetRow } from '../world.ts';

export interface MetadataFilter {
  developerMetadataLookup?: {
    metadataId?: number;
    metadataKey?: string;
    metadataValue?: string;
    visibility?: string;
    locationType?: string;
    metadataLocation?: { sheetId?: number };
  };
  a1Range?: string;
  gridRange?: Record<string, number>;
}

/** Metadata that any of the filters means. */
export function matchingMetadata(
  row: SpreadsheetRow,
  filters: readonly MetadataFilter[],
): DeveloperMetadata[] {
  return row.developerMetadata.filter((one) => filters.some((filter) => meets(one, filter)));
}

function meets(one: DeveloperMetadata, { developerMetadataLookup: lookup }: MetadataFilter): boolean {
  if (!lookup) return false;
  const sheetId = lookup.metadataLocation?.sheetId;
  return (
    (lookup.metadataId === undefined || lookup.metadataId === one.metadataId) &&
    (lookup.metadataKey === undefined || lookup.metadataKey === one.metadataKey) &&
    (lookup.metadataValue === undefined || lookup.metadataValue === one.metadataValue) &&
    (lookup.visibility === undefined || lookup.visibility === one.visibility) &&
    (lookup.locationType === undefined || lookup.locationType === one.location.locationType) &&
    (sheetId === undefined || sheetId === (one.location.sheetId ?? one.location.dimensionRange?.sheetId))
  );
}
