/** Opens universes of all four twins for simulations, and reads what a program of one of them knows. */
import { TWINS } from '../../src/main.ts';
import { openUniverse, type TestUniverse } from '../universe.ts';
import { type Knowledge, type Send, SIMULATED_WORLD } from './traffic.ts';

/** A universe of all twins with the simulated world. */
export const openSimulated = (seed: number, id = 'sim'): Promise<TestUniverse> =>
  openUniverse(TWINS, SIMULATED_WORLD, { id, seed });

/** The credentials that its universe document hands out. */
export function knowledgeOf(u: TestUniverse): Knowledge {
  const of = (twin: string): Record<string, string> => {
    const definition = TWINS.find((one) => one.name === twin);
    return definition?.credentials.document(u.universe.view(twin), u.base(twin)).credentials as Record<
      string,
      string
    >;
  };
  const { email, apiToken } = of('jira');
  return {
    slackToken: of('slack').userToken ?? '',
    oktaToken: of('okta').apiToken ?? '',
    jiraBasic: Buffer.from(`${email}:${apiToken}`).toString('base64'),
    googleToken: of('google').accessToken ?? '',
    seen: {},
  };
}

/** Sends to that universe. */
export const sender =
  (u: TestUniverse): Send =>
  async (request) => {
    const { twin, path, ...init } = request;
    const res = await u.fetch(`/${twin}${path}`, init);
    return { status: res.status, body: `${JSON.stringify([...res.headers])}\n${await res.text()}` };
  };
