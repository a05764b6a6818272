/** How the client's calls travel: addresses, keys, JSON, and refusals as errors. */
import type { FieldError } from '../control/problem.ts';

/** Where the server is, and who asks. */
export interface ClientOptions {
  /** `http://127.0.0.1:4700` unless said. */
  url?: string;
  /** A tenant's or the operator's key. */
  key?: string;
  /** Milliseconds after which a call is given up; streams aside. Unbounded unless said: moving time may take long. */
  timeoutMs?: number;
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
}

/** Query parameters; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** A refusal by the server, with its problem document; `status` 0 where it could not be reached. */
export class OrreryError extends Error {
  override readonly name = 'OrreryError';
  readonly status: number;
  readonly problem: {
    type?: string;
    title?: string;
    status?: number;
    detail?: string;
    /** What is wrong with the input, by JSON pointers into it. */
    errors?: FieldError[];
  };

  constructor(status: number, problem: OrreryError['problem'], message: string) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** One call: resolves to its JSON (text for other media), to undefined where the answer is empty. */
export type Call = <T>(method: string, path: string, body?: unknown, query?: Query) => Promise<T>;

/** Calls of the server at `options.url`. */
export function caller(options: ClientOptions): Call {
  return async <T>(method: string, path: string, body?: unknown, query: Query = {}): Promise<T> => {
    const { timeoutMs } = options;
    const response = await send(options, addressOf(options, path, query), {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    });
    const text = await response.text();
    if (!isJson(response)) return text as T;
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

const isJson = (response: Response): boolean => {
  const type = response.headers.get('content-type');
  return type === null || /[/+]json\b/.test(type);
};

/** The address of a call. */
export function addressOf(
  { url = 'http://127.0.0.1:4700' }: ClientOptions,
  path: string,
  query: Query,
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return `${url.replace(/\/+$/, '')}${path}${search ? `?${search}` : ''}`;
}

/** A good answer; throws an OrreryError for any other. */
export async function send(
  options: ClientOptions,
  address: string,
  init: RequestInit & { headers: Record<string, string> },
): Promise<Response> {
  const headers = { ...init.headers, ...(options.key ? { authorization: `Bearer ${options.key}` } : {}) };
  const get = options.fetch ?? fetch;
  let response: Response;
  try {
    response = await get(address, { ...init, headers });
  } catch (error) {
    const { origin } = new URL(address);
    if ((error as Error).name === 'TimeoutError')
      throw new OrreryError(0, {}, `${origin} has not answered within ${options.timeoutMs} ms`);
    // `fetch` rejects so where no connection can be made; anything else is the caller's affair.
    if (init.signal?.aborted || !(error instanceof TypeError)) throw error;
    throw new OrreryError(0, {}, `no server answers at ${origin}: start one with \`orrery serve\``);
  }
  if (response.ok) return response;
  const text = await response.text();
  const problem = isJson(response) ? problemIn(text) : {};
  throw new OrreryError(
    response.status,
    problem,
    problem.detail || text.slice(0, 200) || `${response.status}`,
  );
}

/** What stands between may answer in JSON's name with something else. */
function problemIn(text: string): OrreryError['problem'] {
  try {
    const value = JSON.parse(text) as OrreryError['problem'] | null;
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}
