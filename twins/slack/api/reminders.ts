/** `reminders.*`: of people alone. */
import type { Endpoint } from '../../../src/twin.ts';
import { required, text } from '../args.ts';
import { completeReminder, remind, reminderView, theReminder } from '../model/reminder.ts';
import { reminders } from '../world.ts';
import { method } from './method.ts';

const reading = { user: ['reminders:read'], tier: 'Tier2' };
const writing = { user: ['reminders:write'], tier: 'Tier2' };
const REMINDERS_MAX = 1_000;

export const reminderMethods: readonly Endpoint[] = [
  method('reminders.add', { ...writing, required: ['text', 'time'] }, ({ world, actor, args }) => {
    const user = text(args, 'user') || actor.user;
    return {
      reminder: reminderView(remind(world, actor, required(args, 'text'), required(args, 'time'), user)),
    };
  }),
  method('reminders.info', { ...reading, required: ['reminder'] }, ({ world, actor, args }) => ({
    reminder: reminderView(theReminder(world, actor, required(args, 'reminder'))),
  })),
  method('reminders.list', reading, ({ world, actor }) => ({
    reminders: world
      .list(reminders, { index: 'user', equals: actor.user })
      .toArray(REMINDERS_MAX)
      .map(reminderView),
  })),
  method('reminders.complete', { ...writing, required: ['reminder'] }, ({ world, actor, args }) => {
    completeReminder(world, actor, required(args, 'reminder'));
    return {};
  }),
  method('reminders.delete', { ...writing, required: ['reminder'] }, ({ world, actor, args }) => {
    world.remove(reminders, theReminder(world, actor, required(args, 'reminder')).id);
    return {};
  }),
];
