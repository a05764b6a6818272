/** Universes of the data directory that could not be opened, for people: which, why, and what to do. */
import type { Registry } from '../registry.ts';
import type { Caller } from '../tenant.ts';

/** One of them. */
export interface DamagedDocument {
  id: string;
  why: string;
  /** How to proceed, in a sentence. */
  proceed: string;
}

/** Those of the caller; the operator sees all, also those of which nobody can tell whose they were. */
export function damagedFor({ storage }: Registry, { operator, tenant }: Caller): DamagedDocument[] {
  return storage.damaged
    .filter((one) => operator || one.tenant === tenant.id)
    .map(({ id, why, replaced }) => ({ id, why, proceed: replaced ? REPLACED : proceed(id) }));
}

const REPLACED =
  'another universe has its id by now; what is left of it stays in the data directory, and a backup of that brings it back';

const proceed = (id: string): string =>
  `begin anew with \`orrery universe create --id ${id}\`, bring an export back with \`orrery universe import FILE --id ` +
  `${id}\`, or start the server with a backup of the data directory; what is left of it stays there`;
