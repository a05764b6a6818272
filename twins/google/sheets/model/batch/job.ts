/** One request of a `batchUpdate` at work: where it acts, and how it is named in refusals. */
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import type { FileRow } from '../../../drive/world.ts';
import { badArgument, badField } from '../../../errors.ts';
import { type Mask, parseFields } from '../../../fields.ts';

export interface Job {
  world: World;
  viewer: Viewer;
  file: FileRow;
  spreadsheetId: string;
  /** `requests[0].addSheet` */
  asked: string;
}

/** What a kind does with its part of the request; what it returns is its reply. */
// biome-ignore lint/suspicious/noConfusingVoidType: most kinds have nothing to say
export type Kind = (job: Job, input: never) => object | void;

/** 400 about this request. */
export const refuse = (job: Job, why: string): Error => badArgument(`Invalid ${job.asked}: ${why}`);

/** A body's field mask. Throws 400 where it is missing or cannot be read. */
export function maskOf(job: Job, fields: string | undefined): Mask {
  if (!fields)
    throw refuse(job, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  const mask = parseFields(fields);
  if (!mask)
    throw badField(
      `Invalid value at '${job.asked}.fields' (type.googleapis.com/google.protobuf.FieldMask), "${fields}"`,
    );
  return mask;
}
