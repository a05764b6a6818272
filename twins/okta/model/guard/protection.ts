/** How an org protects its ways to sign in: against lockouts by strangers, against knowledge alone, against bots. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notWellFormed } from '../../errors.ts';
import { protections, signInTraces } from '../../world/security.ts';
import { org } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** All settings of an org. */
export interface Protection {
  /** Wrong passwords from devices that nobody knows do not lock the account for those that are known. */
  preventBruteForceLockoutFromUnknownDevices: boolean;
  /** Where two factors are asked for, what somebody knows is asked for second. */
  verifyKnowledgeSecondWhen2faRequired: boolean;
  bots: BotProtection;
}

export interface BotProtection {
  level: 'ANY' | 'LOW' | 'MEDIUM' | 'HIGH';
  mode: 'DISABLED' | 'LOG_ONLY' | 'ENFORCED';
  enforcementType?: 'OKTA_CHALLENGE';
  supportedFlows: string[];
}

const FLOWS = ['SIGN_IN', 'SSR', 'SSPR'];

/** The settings; those of a new org where nobody changed them. */
export const protection = (world: World): Protection =>
  world.get(protections, 'org') ?? {
    preventBruteForceLockoutFromUnknownDevices: false,
    verifyKnowledgeSecondWhen2faRequired: false,
    bots: { level: 'LOW', mode: 'LOG_ONLY', supportedFlows: FLOWS },
  };

type Switch = 'preventBruteForceLockoutFromUnknownDevices' | 'verifyKnowledgeSecondWhen2faRequired';

/** Replaces one switch. A body that leaves it out turns it off. Throws E0000003 for no body. */
export function setSwitch(
  world: World,
  who: Who,
  name: Switch,
  input: Partial<Record<Switch, boolean>> | undefined,
): Protection {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const row = world.put(protections, { ...protection(world), [name]: input[name] ?? false });
  log(world, who, 'security.attack_protection.settings.update', 'Update attack protection settings');
  return row;
}

/**
 * Replaces the bot protection. Throws E0000001 for a level or mode that is missing, no flow, and enforcement that does
 * not say how; E0000003 for a word that there is not.
 */
export function setBotProtection(
  world: World,
  who: Who,
  input: Partial<BotProtection> | undefined,
): BotProtection {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { level, mode, enforcementType, supportedFlows = FLOWS } = input;
  if (!level) throw blank('level');
  if (!mode) throw blank('mode');
  if (!LEVELS.has(level) || !MODES.has(mode) || supportedFlows.some((one) => !FLOWS.includes(one)))
    throw notWellFormed();
  if (enforcementType && enforcementType !== 'OKTA_CHALLENGE') throw notWellFormed();
  if (supportedFlows.length === 0)
    throw failed('supportedFlows', 'supportedFlows must have at least one supported flow');
  if (mode === 'ENFORCED' && !enforcementType)
    throw failed('enforcementType', 'enforcementType must be provided when mode is ENFORCED');
  const bots = {
    level,
    mode,
    ...(mode === 'ENFORCED' && enforcementType ? { enforcementType } : {}),
    supportedFlows: [...new Set(supportedFlows)],
  };
  world.put(protections, { ...protection(world), bots });
  log(world, who, 'security.bot_protection.settings.update', 'Update bot protection settings');
  return bots;
}

const LEVELS: ReadonlySet<string> = new Set(['ANY', 'LOW', 'MEDIUM', 'HIGH']);
const MODES: ReadonlySet<string> = new Set(['DISABLED', 'LOG_ONLY', 'ENFORCED']);

/** The service repeats itself here. */
const failed = (field: string, says: string) => invalid(field, `${field}: Api validation failed: ${says}`);

/** Whether a wrong password from there may lock the account: a stranger's may not, where the org says so. */
export function mayLock(world: World, userId: string, userAgent: string): boolean {
  if (!protection(world).preventBruteForceLockoutFromUnknownDevices) return true;
  const { signIns = [] } = world.get(signInTraces, userId) ?? {};
  return signIns.some((one) => one.userAgent === userAgent);
}

function log(world: World, who: Who, eventType: string, says: string): void {
  const { id, companyName } = org(world);
  recordChange(world, who, eventType, says, { id, type: 'Org', name: companyName });
}
