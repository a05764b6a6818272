/** What happens where agents run: somebody installs one, it loses its connection, it is back. */
import type { Gesture } from '../../../src/twin.ts';
import { installAgent, setAgentConnected } from '../model/provisioning/agentPool.ts';
import { administrator, closed, text } from './named.ts';

const ofAgent = closed({ agent: text }, ['agent']);

export const agentGestures: Readonly<Record<string, Gesture>> = {
  installAgent: {
    input: closed({ type: text, pool: text, name: text, old: { type: 'boolean' } }, ['type', 'pool', 'name']),
    says: 'Installs an agent (AD, IWA, LDAP, MFA, OPP, RUM, Radius) into a pool, of an old version if so said.',
    perform(world, as, input: { type: string; pool: string; name: string; old?: boolean }) {
      const { id, poolId } = installAgent(world, administrator(world, as), input);
      return { id, poolId };
    },
  },
  disconnectAgent: connection(false, 'An agent (its name or id) loses its connection to the org.'),
  connectAgent: connection(true, 'An agent (its name or id) has its connection to the org again.'),
};

function connection(connected: boolean, says: string): Gesture {
  return {
    input: ofAgent,
    says,
    perform(world, as, input: { agent: string }) {
      administrator(world, as);
      return { status: setAgentConnected(world, input.agent, connected).operationalStatus };
    },
  };
}
