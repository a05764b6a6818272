/** What goes wrong on purpose: presets as switches, faults that are in with their hits, the kinds that there are. */
import type { ActiveFault } from '../../fault.ts';
import { FAULT_KINDS } from '../../faults/index.ts';
import type { Universe } from '../../universe.ts';
import { readForm } from '../form.ts';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { faultOf } from './faultForm.ts';
import { livePath, tabPath, universePage } from './frame.tsx';

/** Adds `…/faults` and its forms. */
export function faultRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  const at = '/console/u/:universe/faults';
  app.get(at, (c) => {
    const universe = deps.universe(c);
    const children = (
      <>
        <Active universe={universe} />
        <Presets universe={universe} />
        <Kinds universe={universe} />
      </>
    );
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'faults', children }));
  });
  app.post(at, async (c) => {
    const universe = deps.universe(c).id;
    const form = await readForm(c);
    return deps.act(c, tabPath(universe, 'faults'), async () => {
      const body = faultOf(form);
      await deps.call(c, 'addFault', { params: { universe }, body });
      return `${body.kind} is in`;
    });
  });
  app.post(`${at}/switch`, async (c) => {
    const universe = deps.universe(c);
    const preset = (await readForm(c)).get('preset') ?? '';
    const params = { universe: universe.id };
    return deps.act(c, tabPath(universe.id, 'faults'), async () => {
      const on = ofPreset(universe.faults.active, preset);
      for (const { id } of on) await deps.call(c, 'removeFault', { params: { ...params, fault: id } });
      if (on.length > 0) return `${preset} is lifted`;
      await deps.call(c, 'addFault', { params, body: { preset, id: switchId(preset) } });
      return `${preset} is in`;
    });
  });
  app.post(`${at}/lift`, async (c) => {
    const universe = deps.universe(c).id;
    const fault = (await readForm(c)).get('fault') ?? '';
    return deps.act(c, tabPath(universe, 'faults'), async () => {
      if (fault === '') await deps.call(c, 'clearFaults', { params: { universe } });
      else await deps.call(c, 'removeFault', { params: { universe, fault } });
      return fault === '' ? 'All faults are lifted' : `${fault} is lifted`;
    });
  });
}

/** The id under which a switch puts its preset in; a preset of several has a number behind it. */
const switchId = (preset: string): string => preset.replaceAll('/', '-');

function ofPreset(active: readonly ActiveFault[], preset: string): ActiveFault[] {
  const id = switchId(preset);
  return active.filter(
    (one) => one.id === id || (one.id.startsWith(`${id}-`) && /^\d+$/.test(one.id.slice(id.length + 1))),
  );
}

function Active({ universe }: { universe: Universe }) {
  const { active } = universe.faults;
  const door = `/console/u/${universe.id}/faults/lift`;
  return (
    <div
      id="active-faults"
      data-live={livePath(universe.id, { view: 'all' })}
      data-after={String(universe.journal.end)}
    >
      {active.length === 0 ? (
        <div class="empty">Nothing goes wrong on purpose.</div>
      ) : (
        <>
          <div class="wide tall">
            <table>
              <thead>
                <tr>
                  <th>Fault</th>
                  <th class="opt">How often</th>
                  <th class="n opt">Seen</th>
                  <th class="n">Hits</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {active.map((fault) => (
                  <ActiveRow fault={fault} door={door} />
                ))}
              </tbody>
            </table>
          </div>
          <form class="pager" method="post" action={door}>
            <button type="submit">Lift all</button>
          </form>
        </>
      )}
    </div>
  );
}

function ActiveRow({ fault, door }: { fault: ActiveFault; door: string }) {
  const { id, kind, match = {}, params, seen, hits } = fault;
  const where = [match.twin ?? 'every twin', match.operation, match.actor, match.when]
    .filter(Boolean)
    .join(' · ');
  const shown = params && Object.keys(params).length > 0 ? JSON.stringify(params) : '';
  return (
    <tr>
      <td class="fill">
        {kind} <span class="dim small">{id === kind ? '' : id}</span> <code class="small">{shown}</code>
        <div class="dim small">{where}</div>
      </td>
      <td class="opt">{oftenText(fault)}</td>
      <td class="n opt">{seen}</td>
      <td class="n">{hits > 0 ? <span class="badge warn">{hits}</span> : 0}</td>
      <td>
        <form method="post" action={door}>
          <input type="hidden" name="fault" value={id} />
          <button type="submit">Lift</button>
        </form>
      </td>
    </tr>
  );
}

function oftenText({ probability, skip, count, window }: ActiveFault): string {
  const parts = [
    probability === undefined ? 'always' : `${probability * 100} %`,
    skip ? `after ${skip}` : '',
    count ? `at most ${count}` : '',
    window ? `from ${window.from ?? 0} ms${window.for === undefined ? '' : ` for ${window.for} ms`}` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function Presets({ universe }: { universe: Universe }) {
  const twins = universe.twins.filter((twin) => Object.keys(twin.presets).length > 0);
  return (
    <section>
      <h2>Switches</h2>
      <div class="grid">
        {twins.map((twin) => (
          <form class="card switches" method="post" action={`/console/u/${universe.id}/faults/switch`}>
            <h3>{twin.title}</h3>
            {Object.entries(twin.presets).map(([preset, faults]) => (
              <button
                type="submit"
                name="preset"
                value={preset}
                role="switch"
                aria-checked={String(ofPreset(universe.faults.active, preset).length > 0)}
                title={faults
                  .map(({ kind, match }) => [kind, match?.operation].filter(Boolean).join(' on '))
                  .join(', ')}
              >
                {preset.slice(preset.indexOf('/') + 1)}
              </button>
            ))}
          </form>
        ))}
      </div>
    </section>
  );
}

function Kinds({ universe }: { universe: Universe }) {
  return (
    <section>
      <h2>Kinds</h2>
      <div class="wide">
        <table>
          <tbody>
            {[...FAULT_KINDS.values()].map(({ kind, says }) => (
              <tr>
                <td>
                  <code>{kind}</code>
                </td>
                <td class="fill">
                  {says.split('`').map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details class="card below">
        <summary>Put one in</summary>
        <FaultForm universe={universe} />
      </details>
    </section>
  );
}

function FaultForm({ universe }: { universe: Universe }) {
  const example = '{"name": "ratelimited"}';
  return (
    <form method="post" action={`/console/u/${universe.id}/faults`}>
      <div class="grid">
        <label>
          Kind
          <select name="kind">
            {[...FAULT_KINDS.keys()].map((kind) => (
              <option value={kind}>{kind}</option>
            ))}
          </select>
        </label>
        <label>
          Twin
          <select name="twin">
            <option value="">every twin</option>
            {universe.twins.map(({ name, title }) => (
              <option value={name}>{title}</option>
            ))}
          </select>
        </label>
        <Text name="operation" says="Operation" hint="chat.*" />
        <Text name="actor" says="Who asks" hint="anybody" />
        <Text name="probability" says="Probability, 0 to 1" hint="1" />
        <Text name="skip" says="Let by first" hint="0" />
        <Text name="count" says="Hits at most" hint="no limit" />
        <Text name="from" says="From (universe time from now)" hint="0s" />
        <Text name="for" says="For" hint="until lifted; 10m" />
      </div>
      <Text name="when" says="When, a CEL expression over the request" hint={'request.channel == "C1"'} />
      <label>
        Parameters of the kind, as JSON
        <textarea name="params" rows={2} placeholder={example} />
      </label>
      <p class="actions">
        <button class="main" type="submit">
          Put it in
        </button>
      </p>
    </form>
  );
}

function Text({ name, says, hint }: { name: string; says: string; hint: string }) {
  return (
    <label>
      {says}
      <input name={name} placeholder={hint} />
    </label>
  );
}
