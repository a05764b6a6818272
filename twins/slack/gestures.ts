/**
 * What a person does in Slack's own screens; `as` is the person's e-mail. Each causes what it would cause
 * there.
 */
import type { Gesture } from '../../src/twin.ts';
import { adminGestures } from './gestures/admin.ts';
import { appGestures } from './gestures/apps.ts';
import { assistantGestures } from './gestures/assistant.ts';
import { channelGestures } from './gestures/channels.ts';
import { connectGestures } from './gestures/connect.ts';
import { dialogGestures } from './gestures/dialogs.ts';
import { elementGestures } from './gestures/elements.ts';
import { entityGestures } from './gestures/entities.ts';
import { fileGestures } from './gestures/files.ts';
import { messageGestures } from './gestures/messages.ts';
import { ownGestures } from './gestures/own.ts';
import { placeGestures } from './gestures/places.ts';
import { screenGestures } from './gestures/screens.ts';
import { settingGestures } from './gestures/settings.ts';
import { workflowGestures } from './gestures/workflows.ts';

export const gestures: Readonly<Record<string, Gesture>> = {
  ...messageGestures,
  ...fileGestures,
  ...dialogGestures,
  ...assistantGestures,
  ...workflowGestures,
  ...entityGestures,
  ...placeGestures,
  ...channelGestures,
  ...ownGestures,
  ...elementGestures,
  ...screenGestures,
  ...settingGestures,
  ...adminGestures,
  ...connectGestures,
  ...appGestures,
};
