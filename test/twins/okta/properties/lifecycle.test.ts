/** Lives of users by chance: after every step the org says what a small model says, and a refused step changes nothing. */
import { describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../../src/prng.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { openOrg, type TestOrg } from '../org.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 70;
const PASSWORDS = ['Tr0ub4dor-x', 'C0rrect-horse', 'B4ttery-staple'];
const LOGIN = 'ida@acme.example';

/** What the model knows of the user; gone where there is nobody. */
interface Model {
  status: string;
  password?: string | undefined;
}

/** What a step leads to: the model afterwards, or the code of the refusal. */
type Outcome = Model | { refused: string } | 'gone';
type Step = (model: Model, d: Draw) => { path: string; method?: string; body?: object; leads: Outcome };

const lifecycle = (action: string, leads: (model: Model) => Outcome): Step => {
  return (model) => ({ path: `/lifecycle/${action}`, leads: leads(model) });
};
const from = (froms: string, to: string, otherwise: string) => (model: Model) =>
  froms.split(' ').includes(model.status) ? { ...model, status: to } : { refused: otherwise };

/** https://developer.okta.com/docs/concepts/user-lifecycle/ */
const STEPS_BY_NAME: Readonly<Record<string, Step>> = {
  activate: lifecycle('activate', (model) =>
    from('STAGED DEPROVISIONED', model.password ? 'ACTIVE' : 'PROVISIONED', 'E0000016')(model),
  ),
  reactivate: lifecycle('reactivate', from('PROVISIONED RECOVERY', 'PROVISIONED', 'E0000038')),
  deactivate: lifecycle('deactivate', (model) =>
    model.status === 'DEPROVISIONED' ? { refused: 'E0000038' } : { status: 'DEPROVISIONED' },
  ),
  suspend: lifecycle('suspend', from('ACTIVE', 'SUSPENDED', 'E0000001')),
  unsuspend: lifecycle('unsuspend', from('SUSPENDED', 'ACTIVE', 'E0000001')),
  unlock: lifecycle('unlock', from('LOCKED_OUT', 'ACTIVE', 'E0000032')),
  expire: lifecycle(
    'expire_password',
    from('ACTIVE PASSWORD_EXPIRED LOCKED_OUT', 'PASSWORD_EXPIRED', 'E0000038'),
  ),
  reset: lifecycle(
    'reset_password?sendEmail=false',
    from('ACTIVE PROVISIONED RECOVERY LOCKED_OUT PASSWORD_EXPIRED', 'RECOVERY', 'E0000038'),
  ),
  resetFactors: lifecycle('reset_factors', (model) =>
    model.status === 'DEPROVISIONED' ? { refused: 'E0000038' } : model,
  ),
  remove: (model) => ({
    method: 'DELETE',
    path: '',
    leads: model.status === 'DEPROVISIONED' ? 'gone' : { status: 'DEPROVISIONED' },
  }),
  setPassword: (model, d) => {
    const password = d.pick(PASSWORDS);
    const leads = model.status === 'DEPROVISIONED' ? { refused: 'E0000038' } : { ...model, password };
    return { path: '', body: { credentials: { password: { value: password } } }, leads };
  },
  changePassword: (model, d) => {
    const [old, next] = [d.pick(PASSWORDS), d.pick(PASSWORDS)];
    const may = model.password && !['DEPROVISIONED', 'SUSPENDED', 'LOCKED_OUT'].includes(model.status);
    const right = old === model.password;
    return {
      path: '/credentials/change_password',
      body: { oldPassword: { value: old }, newPassword: { value: next } },
      leads: !may
        ? { refused: 'E0000035' }
        : right
          ? { status: 'ACTIVE', password: next }
          : { refused: 'E0000014' },
    };
  },
};

/** What ends a life comes seldom, so that there is one. */
const ENDS = ['deactivate', 'remove'];
const OTHERS = Object.keys(STEPS_BY_NAME).filter((name) => !ENDS.includes(name));

async function create(org: TestOrg, d: Draw): Promise<[id: string, model: Model]> {
  const password = d.float() < 0.6 ? d.pick(PASSWORDS) : undefined;
  const activate = d.float() < 0.5;
  const profile = { firstName: 'Ida', lastName: 'X', login: LOGIN, email: LOGIN };
  const credentials = password ? { credentials: { password: { value: password } } } : {};
  const { body } = await org.call('POST', `/api/v1/users?activate=${activate}`, { profile, ...credentials });
  return [body.id, { status: activate ? (password ? 'ACTIVE' : 'PROVISIONED') : 'STAGED', password }];
}

describe('a life of steps by chance', () => {
  it.each(SEEDS)('is what the model says (seed %i)', async (seed) => {
    const org = await openOrg();
    const d = draw(seed, 'lifecycle');
    const changed = new Set<string>();
    org.universe.journal.watch((_entry, changes) => {
      for (const { table } of changes) changed.add(table.name);
    });
    const seen = new Set<string>();
    let [id, model] = await create(org, d);
    const told: string[] = [];
    for (let n = 0; n < STEPS; n++) {
      await org.universe.advance(org.universe.now() + 1_000);
      if (model.status === 'ACTIVE' && d.float() < 0.15) {
        org.universe.work('okta', (world) => okta.gestures.lockOut?.perform(world, LOGIN, {} as never));
        model = { ...model, status: 'LOCKED_OUT' };
      }
      const name = d.pick(d.float() < 0.15 ? ENDS : OTHERS);
      const step = (STEPS_BY_NAME[name] as Step)(model, d);
      told.push(`${model.status} ${name}`);
      changed.clear();
      const answer = await org.call(step.method ?? 'POST', `/api/v1/users/${id}${step.path}`, step.body);
      const { leads } = step;
      if (leads === 'gone') {
        expect([answer.status, (await org.call('GET', `/api/v1/users/${id}`)).status]).toEqual([204, 404]);
        [id, model] = await create(org, d);
        continue;
      }
      if ('refused' in leads) {
        expect([told, answer.body.errorCode, [...changed]]).toEqual([told, leads.refused, []]);
        continue;
      }
      expect([told, answer.body.errorCode]).toEqual([told, undefined]);
      if (name !== 'resetFactors') expect([told, changed.has('okta.logs')]).toEqual([told, true]);
      model = leads;
      const { body } = await org.call('GET', `/api/v1/users/${id}`);
      const shown = [body.status, body.credentials.password !== undefined];
      expect([told, shown]).toEqual([told, [model.status, model.password !== undefined]]);
      seen.add(model.status);
    }
    expect(seen.size).toBeGreaterThan(3);
  });
});
