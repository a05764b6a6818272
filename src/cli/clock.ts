/** `orrery clock …`: a universe's time. */
import { Command, Option } from 'commander';
import type { ClockDocument } from '../client.ts';
import { type ConnectionDeps, reach, type ServerFlags, universeOf, within } from './connection.ts';
import { answer } from './output.ts';

type Flags = ServerFlags & { universe?: string };

/** The group of commands. */
export function clockCommand(deps: ConnectionDeps): Command {
  const { io } = deps;
  const group = new Command('clock').summary('read, set and advance a universe’s time');
  within(group.command('show').summary('what time it is')).action(async (flags: Flags) =>
    answer(
      io,
      flags.json,
      await reach(deps, flags, (orrery) => orrery.getClock(universeOf(io, flags))),
      shown,
    ),
  );
  within(group.command('set').summary('change mode, time or rate'))
    .addOption(new Option('--mode <mode>', 'how time goes').choices(['realtime', 'frozen', 'scaled']))
    .option('--now <time>', 'what time it is, ISO 8601')
    .option('--rate <number>', 'universe seconds a second, when scaled', Number)
    .action(async (flags: Flags & { mode?: ClockDocument['mode']; now?: string; rate?: number }) => {
      const { mode, now, rate } = flags;
      const body = {
        ...(mode ? { mode } : {}),
        ...(now ? { now } : {}),
        ...(rate === undefined ? {} : { rate }),
      };
      answer(
        io,
        flags.json,
        await reach(deps, flags, (orrery) => orrery.setClock(universeOf(io, flags), body)),
        shown,
      );
    });
  within(group.command('advance').argument('<by-or-to>', 'a duration, as 2h, or a moment, ISO 8601'))
    .summary('move time on; what falls due happens first')
    .action(async (text: string, flags: Flags) => {
      const body = /^\d{4}-/.test(text) ? { to: text } : { by: text };
      answer(
        io,
        flags.json,
        await reach(deps, flags, (orrery) => orrery.advanceClock(universeOf(io, flags), body)),
        shown,
      );
    });
  return group;
}

const shown = ({ mode, now, rate, nextDueAt }: ClockDocument & { nextDueAt?: string }): string =>
  `${now}  ${mode}${mode === 'scaled' ? ` ×${rate}` : ''}${nextDueAt ? `  next due ${nextDueAt}` : ''}`;
