/** Refusals in the vendor's words. Codes and summaries come from the catalogue; the causes are the caller's. */
import { ApiError } from '../../src/error.ts';
import type { World } from '../../src/world/world.ts';
import { CATALOGUE } from './catalogue.ts';
import { errorId, requestId } from './ids.ts';

/** One of `errorCauses`: its text, or a text with more fields, as a few operations have it. */
export type Cause = string | { errorSummary: string; [more: string]: string };

/** What fills a refusal: `{0}`, `{1}` … of the summary, and the entries of `errorCauses`. */
export interface Refusal {
  args?: readonly string[];
  causes?: readonly Cause[];
  /** Replaces the summary of the catalogue, where the service words it otherwise. */
  summary?: string;
  headers?: readonly (readonly [string, string])[];
  /** What was done until then stays: lines of the System Log, most of all. */
  keepsChanges?: boolean;
}

/** The documented error `code` (E0000009 where there is no such code) as something to throw. */
export function refuse(code: string, refusal: Refusal = {}): ApiError {
  const entry = CATALOGUE.get(code) ?? { status: 500, summary: 'Internal Server Error' };
  const { args = [], causes = [], summary = entry.summary, headers, keepsChanges = false } = refusal;
  return new ApiError({
    name: code,
    status: entry.status,
    message: summary.replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? '').trimEnd(),
    data: { causes },
    keepsChanges,
    ...(headers ? { headers } : {}),
  });
}

/** A refusal as it goes on the wire. */
export function refusalBody(world: World, error: ApiError): Record<string, unknown> {
  if (error.data.oauth)
    return {
      error: error.name,
      error_description: error.message,
      ...(error.data.more as object | undefined),
    };
  const causes = (error.data.causes as readonly Cause[] | undefined) ?? [];
  return {
    errorCode: error.name,
    errorSummary: error.message,
    errorLink: error.name,
    errorId: errorId(world, requestId(world)),
    errorCauses: causes.map((cause) => (typeof cause === 'string' ? { errorSummary: cause } : cause)),
  };
}

/** 404 E0000007. `kind` is the vendor's internal class name, as `User`, `UserGroup`, `AppInstance`. */
export const notFound = (id: string, kind: string): ApiError =>
  refuse('E0000007', { args: [`Resource not found: ${id} (${kind})`] });

/** 400 E0000001: `field` is the object or attribute that is wrong, `causes` say why. */
export const invalid = (field: string, ...causes: string[]): ApiError =>
  refuse('E0000001', { args: [field], causes });

/** 400 E0000001 for a field that must have a value. */
export const blank = (field: string): ApiError => invalid(field, `${field}: The field cannot be left blank`);

/** 400 E0000003: no body, or one that is not what it says. */
export const notWellFormed = (): ApiError => refuse('E0000003');

/** A refusal of an OAuth endpoint: `{error, error_description}`, as RFC 6749, 5.2 has it. */
export const oauthError = (
  name: string,
  message: string,
  status = 400,
  headers: readonly (readonly [string, string])[] = [],
): ApiError => new ApiError({ name, status, message, headers, data: { oauth: true } });

/** `invalid_client` in the form of the Management API: the client is not known at all. */
export const unknownClient = (status = 401): ApiError =>
  new ApiError({
    name: 'invalid_client',
    status,
    message: "Invalid value for 'client_id' parameter.",
    data: { causes: [] },
  });
