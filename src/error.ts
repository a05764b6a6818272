/** Errors that are expected and go on the wire in the vendor's own envelope. */
export interface ApiErrorInit {
  /** The vendor's own name or code, as `channel_not_found`, `E0000007`, `notFound`. */
  name: string;
  /** HTTP status. */
  status: number;
  /** The vendor's own wording. */
  message?: string;
  /** What the vendor's envelope needs besides (causes, field errors, `needed` scopes …). */
  data?: Record<string, unknown>;
  headers?: readonly (readonly [string, string])[];
  /** What was changed before it was thrown stays (a failed sign-in that counts, a reused code that revokes). */
  keepsChanges?: boolean;
}

/** A refusal that the vendor would give too. Thrown by models and wires; rolls the transaction back. */
export class ApiError extends Error {
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly headers: readonly (readonly [string, string])[];
  readonly keepsChanges: boolean;

  constructor(init: ApiErrorInit) {
    super(init.message ?? init.name);
    this.name = init.name;
    this.status = init.status;
    this.data = init.data ?? {};
    this.headers = init.headers ?? [];
    this.keepsChanges = init.keepsChanges ?? false;
  }
}

/** A list asked for more rows than one request may visit; the wire turns it into the vendor's timeout. */
export class WorkBudgetError extends Error {
  override readonly name = 'WorkBudgetError';
}

/** Something that only a mistake of ours can cause: a vendor-shaped 500, journaled; fails tests. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/** Ends in an `AssertionFailure` where `condition` does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message);
}
