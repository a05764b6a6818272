/** `/attack-protection/api/v1` and `/api/v1/bot-protection`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type BotProtection,
  type Protection,
  protection,
  setBotProtection,
  setSwitch,
} from '../model/guard/protection.ts';

const org = family('AttackProtection', 'orgs', 'other');
const bots = family('BotProtection', 'botProtection', 'other');
const LOCKOUT = '/attack-protection/api/v1/user-lockout-settings';
const AUTHENTICATORS = '/attack-protection/api/v1/authenticator-settings';
const BOTS = '/api/v1/bot-protection/configuration';

export const protectionEndpoints = [
  endpoint({ id: 'getUserLockoutSettings', route: `GET ${LOCKOUT}`, ...org.read }, ({ world }) =>
    lockoutView(protection(world)),
  ),
  endpoint(
    { id: 'replaceUserLockoutSettings', route: `PUT ${LOCKOUT}`, ...org.manage },
    ({ world, actor, input }) =>
      lockoutView(
        setSwitch(
          world,
          actor.who,
          'preventBruteForceLockoutFromUnknownDevices',
          input as Partial<Protection>,
        ),
      ),
  ),
  endpoint({ id: 'getAuthenticatorSettings', route: `GET ${AUTHENTICATORS}`, ...org.read }, ({ world }) =>
    secondView(protection(world)),
  ),
  endpoint(
    { id: 'replaceAuthenticatorSettings', route: `PUT ${AUTHENTICATORS}`, ...org.manage },
    ({ world, actor, input }) =>
      secondView(
        setSwitch(world, actor.who, 'verifyKnowledgeSecondWhen2faRequired', input as Partial<Protection>),
      ),
  ),
  endpoint({ id: 'getBotProtectionConfiguration', route: `GET ${BOTS}`, ...bots.read }, ({ world }) =>
    botView(world, protection(world).bots),
  ),
  endpoint(
    { id: 'updateBotProtectionConfiguration', route: `POST ${BOTS}`, ...bots.manage },
    ({ world, actor, input }) =>
      botView(world, setBotProtection(world, actor.who, input as Partial<BotProtection>)),
  ),
];

const lockoutView = ({ preventBruteForceLockoutFromUnknownDevices }: Protection) => ({
  preventBruteForceLockoutFromUnknownDevices,
});

const secondView = ({ verifyKnowledgeSecondWhen2faRequired }: Protection) => ({
  verifyKnowledgeSecondWhen2faRequired,
});

const botView = (world: World, row: BotProtection) => ({
  ...row,
  _links: { self: link(world, BOTS, 'GET', 'POST') },
});
