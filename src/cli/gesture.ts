/** `orrery gesture`: what a person does in a vendor's own screens, from a shell. */
import { Command } from 'commander';
import { type ConnectionDeps, reach, reaching, type ServerFlags, universeOf, within } from './connection.ts';
import { CliError } from './exit.ts';
import { answer, tabulate } from './output.ts';
import { jsonObject } from './parse.ts';

interface Flags extends ServerFlags {
  universe?: string;
  as?: string;
  with?: string;
}

/** The group of commands. */
export function gestureCommand(deps: ConnectionDeps): Command {
  const { io } = deps;
  const group = new Command('gesture').summary('do what a person does in a vendor’s own screens');
  reaching(group.command('list').summary('gestures of every twin')).action(async (flags: ServerFlags) => {
    const { gestures } = await reach(deps, flags, (orrery) => orrery.listGestures());
    const takes = (input: Record<string, unknown>) =>
      Object.keys((input.properties ?? {}) as object).join(' ');
    answer(io, flags.json, { gestures }, () =>
      tabulate(
        io,
        gestures,
        [
          ['GESTURE', (one) => `${one.twin}.${one.gesture}`],
          ['WITH', (one) => takes(one.with)],
          ['DOES', (one) => one.says],
        ],
        'no gestures',
      ),
    );
  });
  within(group.command('do').argument('<twin.gesture>', 'as slack.click').summary('do one'))
    .option('--as <email>', 'who does it')
    .option('--with <json>', 'what it needs, as a JSON object')
    .action(async (name: string, flags: Flags) => {
      const [twin = '', gesture = ''] = name.split('.', 2);
      if (!gesture) throw new CliError(`${name}: write twin.gesture (see \`orrery gesture list\`)`);
      if (!flags.as) throw new CliError('say who does it: --as EMAIL');
      const body = {
        twin,
        gesture,
        as: flags.as,
        ...(flags.with ? { with: jsonObject('--with', flags.with) } : {}),
      };
      const made = await reach(deps, flags, (orrery) => orrery.makeGesture(universeOf(io, flags), body));
      answer(io, flags.json, made, ({ result }) => JSON.stringify(result, null, 2));
    });
  return group;
}
