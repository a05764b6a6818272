/** `reminders.*`: of people alone. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, json, required, text } from '../args.ts';
import { invalidArguments } from '../errors.ts';
import {
  completeReminder,
  deleteReminder,
  remind,
  reminderView,
  theReminder,
} from '../model/people/reminder.ts';
import type { Recurrence } from '../model/people/when.ts';
import { isObject, reminders } from '../world.ts';
import { method } from './method.ts';

const reading = { user: ['reminders:read'], tier: 'Tier2' };
const writing = { user: ['reminders:write'], tier: 'Tier2' };
const REMINDERS_MAX = 1_000;

export const reminderMethods: readonly Endpoint[] = [
  method('reminders.add', { ...writing, required: ['text', 'time'] }, ({ world, actor, args }) => {
    const recurrence = recurrenceIn(args);
    const reminder = remind(world, actor, {
      text: required(args, 'text'),
      when: required(args, 'time'),
      user: text(args, 'user') || actor.user,
      ...(recurrence ? { recurrence } : {}),
    });
    return { reminder: reminderView(reminder) };
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
    deleteReminder(world, actor, required(args, 'reminder'));
    return {};
  }),
];

const FREQUENCIES = ['daily', 'weekly', 'monthly', 'yearly'] as const;

function recurrenceIn(args: Args): Recurrence | undefined {
  const given = json(args, 'recurrence', 'invalid_arguments');
  if (given === undefined) return undefined;
  const frequency = isObject(given) ? FREQUENCIES.find((one) => one === given.frequency) : undefined;
  if (!frequency || !isObject(given))
    throw invalidArguments(['invalid recurrence [json-pointer:/recurrence]']);
  const weekdays = Array.isArray(given.weekdays)
    ? given.weekdays.map((day) => String(day).toLowerCase())
    : undefined;
  return { frequency, ...(weekdays ? { weekdays } : {}) };
}
