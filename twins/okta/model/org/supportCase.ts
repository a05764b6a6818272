/** Cases at the vendor's support: who opened one may let its staff into the org for a while. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { supportCases } from '../../world/look.ts';
import { recordChange, type Who } from '../log/log.ts';

type AccessStatus = 'DISABLED' | 'ENABLED' | 'NOT_REQUESTED' | 'REQUESTED';

/** A case in the vendor's shape. */
export interface SupportCase {
  caseNumber: string;
  subject: string;
  impersonation: { status: AccessStatus; expiration: string | null };
  selfAssigned: { status: 'APPROVED' | 'NOT_REQUIRED' | 'REQUESTED' };
}

export interface SupportCaseInput {
  impersonation?: { status?: string; expiration?: string };
  selfAssigned?: { status?: string };
}

/** How long staff is let in, and the longest that it can be prolonged at once. */
const ACCESS_MS = 24 * 3_600_000;
const ACCESS_MS_MAX = 14 * ACCESS_MS;
const FIRST_NUMBER = 1_000_000;

/** Opens a case; `selfAssigned`: staff opened it and took it on. */
export const openSupportCase = (world: World, subject: string, selfAssigned: boolean): SupportCase =>
  world.insert(supportCases, {
    caseNumber: String(FIRST_NUMBER + world.next('okta.supportCase')),
    subject,
    impersonation: { status: 'REQUESTED', expiration: null },
    selfAssigned: { status: selfAssigned ? 'REQUESTED' : 'NOT_REQUIRED' },
  });

/** A case as it is now: access that ran out is none. Throws E0000007. */
export function findSupportCase(world: World, caseNumber: string): SupportCase {
  const found = world.require(supportCases, caseNumber, () => notFound(caseNumber, 'SupportCase'));
  const { expiration } = found.impersonation;
  if (expiration === null || Date.parse(expiration) > world.now()) return found;
  return { ...found, impersonation: { status: 'DISABLED', expiration: null } };
}

/** Lets staff in for a case, for longer, or no more; approves a case of their own. Throws E0000001 otherwise. */
export function updateSupportCase(
  world: World,
  who: Who,
  caseNumber: string,
  input: SupportCaseInput | undefined,
): SupportCase {
  const old = findSupportCase(world, caseNumber);
  const { impersonation, selfAssigned } = input ?? {};
  if (!impersonation && !selfAssigned) throw invalid('supportCase', 'There is nothing to update');
  const row = world.update(supportCases, caseNumber, {
    impersonation: impersonation ? accessOf(world, old, impersonation) : old.impersonation,
    selfAssigned: selfAssigned ? approved(old, selfAssigned.status) : old.selfAssigned,
  });
  const verb =
    row.impersonation.status === 'DISABLED' ? 'revoke' : impersonation?.expiration ? 'extend' : 'grant';
  const thing = { id: caseNumber, type: 'SupportCase', name: row.subject };
  if (impersonation)
    recordChange(world, who, `user.session.impersonation.${verb}`, `Okta support access ${verb}`, thing);
  return row;
}

function accessOf(
  world: World,
  old: SupportCase,
  { status, expiration }: NonNullable<SupportCaseInput['impersonation']>,
): SupportCase['impersonation'] {
  if (status === 'DISABLED') return { status, expiration: null };
  if (status !== undefined && status !== 'ENABLED')
    throw invalid('impersonation', 'status: The status must be ENABLED or DISABLED');
  if (expiration === undefined) return { status: 'ENABLED', expiration: stamp(world.now() + ACCESS_MS) };
  if (status === undefined && old.impersonation.status !== 'ENABLED')
    throw invalid('impersonation', 'expiration: Okta Support access is not enabled');
  const ms = Date.parse(expiration);
  if (!(ms > world.now() && ms <= world.now() + ACCESS_MS_MAX))
    throw invalid('impersonation', 'expiration: The expiration date is not valid');
  return { status: 'ENABLED', expiration: stamp(ms) };
}

function approved(old: SupportCase, status: string | undefined): SupportCase['selfAssigned'] {
  if (status !== 'APPROVED' || old.selfAssigned.status === 'NOT_REQUIRED')
    throw invalid('selfAssigned', 'status: The case does not wait for an approval');
  return { status };
}
