/** Errors of the control API: RFC 9457 `application/problem+json`, with a JSON pointer for each thing that is wrong. */
import { ApiError } from '../error.ts';

/** One thing that is wrong. `in` is said where it is not the body; a query's pointer names the parameter. */
export interface FieldError {
  pointer: string;
  detail: string;
  in?: 'query' | 'path' | 'header';
}

/** What a problem says. */
export interface ProblemInit {
  status: number;
  /** The last part of `type`: what kind of problem, for programs. */
  kind: string;
  /** One sentence for people: what is wrong and what to do. */
  detail: string;
  errors?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
  /** More members. */
  more?: Readonly<Record<string, unknown>>;
}

/** Media type of every refusal. */
export const PROBLEM_TYPE = 'application/problem+json';
/** Things that are wrong which one answer lists. */
const ERRORS_MAX = 50;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** A refusal by the control API. */
export class Problem extends Error {
  readonly init: ProblemInit;

  constructor(init: ProblemInit) {
    super(init.detail);
    this.init = init;
  }
}

/** 422 with what is wrong where. */
export const invalid = (errors: readonly FieldError[], detail = 'the input does not fit'): Problem =>
  new Problem({ status: 422, kind: 'invalid-input', detail: summary(detail, errors), errors });

/** 404. */
export const missing = (detail: string): Problem => new Problem({ status: 404, kind: 'not-found', detail });

/** 409. */
export const conflict = (kind: string, detail: string): Problem => new Problem({ status: 409, kind, detail });

/** What is thrown, as a problem: the kernel's refusals keep their status, name and pointers (below `at`). */
export function asProblem(error: unknown, at = ''): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof ApiError))
    return new Problem({ status: 500, kind: 'internal', detail: 'a mistake of ours: see the server’s log' });
  const { errors, pointer } = error.data as { errors?: FieldError[]; pointer?: string };
  const list =
    errors ?? (typeof pointer === 'string' ? [{ pointer, detail: error.message }] : ([] as FieldError[]));
  const placed = list.map((one) => ({ ...one, pointer: at + one.pointer }));
  return new Problem({
    status: error.status,
    kind: error.name,
    detail: errors ? summary(error.message, placed) : error.message,
    ...(placed.length > 0 ? { errors: placed } : {}),
  });
}

/** The vendor's own refusal (of a gesture, of a credential), by its name. */
export const vendorRefusal = (twin: string, error: ApiError): Problem =>
  new Problem({
    status: 422,
    kind: 'vendor-refusal',
    detail: `${twin}: ${error.message}`,
    more: { vendor: { twin, error: error.name, status: error.status } },
  });

/** The answer for a problem. */
export function problemResponse({ init }: Problem): Response {
  const { status, kind, detail, errors, headers, more } = init;
  const body = {
    type: `urn:orrery:problem:${kind}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    ...more,
    ...(errors && errors.length > 0 ? { errors: errors.slice(0, ERRORS_MAX) } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', ...headers },
  });
}

/** A sentence that names the first place, so that a log line alone helps. */
function summary(detail: string, errors: readonly FieldError[]): string {
  const [first] = errors;
  if (!first) return detail;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${detail}: ${first.pointer || 'it'} ${first.detail}${more}`;
}
