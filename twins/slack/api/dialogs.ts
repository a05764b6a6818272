/** `dialog.open`: classic dialogs. */
import type { Endpoint } from '../../../src/twin.ts';
import { json, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { openDialog } from '../model/interactivity/dialog.ts';
import { isObject } from '../world.ts';
import { both, method } from './method.ts';

export const dialogMethods: readonly Endpoint[] = [
  method('dialog.open', { ...both(), tier: 'Tier4' }, ({ world, actor, args }) => {
    const trigger = text(args, 'trigger_id');
    if (!trigger) throw refuse('missing_trigger');
    const dialog = json(args, 'dialog', 'invalid_json');
    if (!isObject(dialog)) throw refuse('missing_dialog');
    openDialog(world, actor, trigger, dialog);
    return {};
  }),
];
