/** What people do with classic dialogs: fill in, send off, close. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { cancelDialog, type Dialog, dialogs, submitDialog } from '../model/interactivity/dialog.ts';
import { type App, apps, type Json, type User } from '../world.ts';
import { personCalled } from './person.ts';

const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  properties,
});

export const dialogGestures: Readonly<Record<string, Gesture>> = {
  submitDialog: {
    says: 'Fills in the dialog on the screen (values by element name) and sends it off.',
    input: object({ values: { type: 'object' } }),
    perform: (world, as, { values = {} }: { values?: Json }) => {
      const { person, dialog, app } = onScreen(world, as);
      submitDialog(world, app, person, dialog, values);
      return { app: app.id, callback_id: dialog.given.callback_id };
    },
  },
  cancelDialog: {
    says: 'Closes the dialog on the screen without sending it off.',
    input: object({}),
    perform: (world, as) => {
      const { person, dialog, app } = onScreen(world, as);
      cancelDialog(world, app, person, dialog);
      return { app: app.id };
    },
  },
};

function onScreen(world: World, as: string): { person: User; dialog: Dialog; app: App } {
  const person = personCalled(world, as);
  const dialog = world.list(dialogs, { index: 'user', equals: person.id, reverse: true }).first();
  const app = dialog && world.get(apps, dialog.app);
  if (!dialog || !app) throw cannot('no_dialog', `${person.real_name} has no dialog on the screen`);
  return { person, dialog, app };
}
