/** The Provisioning, Import and Tasks screens of an app. */
import { ApiError } from '../../../src/error.ts';
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { retryGroup } from '../model/provisioning/groupProvisioning.ts';
import type { ProvisioningTask } from '../model/provisioning/provisioningTask.ts';
import { confirmImport, startImport } from '../model/provisioning/userImport.ts';
import { retryUser } from '../model/provisioning/userProvisioning.ts';
import { importedUsers, provisioningTasks } from '../world/apps.ts';
import { administrator, appNamed, closed, text } from './named.ts';

const ofApp = closed({ app: text }, ['app']);

export const provisioningGestures: Readonly<Record<string, Gesture>> = {
  readProvisioningTasks: {
    input: ofApp,
    says: 'Reads what an app (its label or id) is still to be told, and what it would not take.',
    perform(world, as, input: { app: string }) {
      administrator(world, as);
      return tasksOf(world, appNamed(world, input.app).id).map(
        ({ kind, id, goal, name, status, since, error = null }) => ({
          ...{ kind, id, goal, name, status, since, error },
        }),
      );
    },
  },
  retryProvisioning: {
    input: ofApp,
    says: 'Retries the failed provisioning tasks of an app.',
    perform(world, as, input: { app: string }) {
      const who = administrator(world, as);
      const failed = tasksOf(world, appNamed(world, input.app).id).filter(
        ({ status }) => status === 'FAILED',
      );
      for (const task of failed)
        if (task.kind === 'user') retryUser(world, task);
        else if (task.kind === 'group') retryGroup(world, task);
        else startImport(world, who, task.appId);
      return { retried: failed.length };
    },
  },
  importUsers: {
    input: ofApp,
    says: 'Imports the users of an app’s service.',
    perform(world, as, input: { app: string }) {
      const who = administrator(world, as);
      if (!startImport(world, who, appNamed(world, input.app).id))
        throw new ApiError({
          name: 'not-connected',
          status: 422,
          message: `${input.app} has no live provisioning connection`,
        });
    },
  },
  readImportedUsers: {
    input: ofApp,
    says: 'Reads who was imported from an app and waits for confirmation.',
    perform(world, as, input: { app: string }) {
      administrator(world, as);
      return importedOf(world, appNamed(world, input.app).id).map(({ id, userName, profile, match }) => ({
        ...{ id, userName, profile, match },
      }));
    },
  },
  confirmImport: {
    input: closed({ app: text, user: text }, ['app']),
    says: 'Confirms who was imported from an app: one by user name, or all.',
    perform(world, as, input: { app: string; user?: string }) {
      const who = administrator(world, as);
      const waiting = importedOf(world, appNamed(world, input.app).id);
      const meant = waiting.filter(({ userName }) => input.user === undefined || userName === input.user);
      return { confirmed: meant.map((row) => confirmImport(world, who, row).id) };
    },
  },
};

const tasksOf = (world: World, appId: string): ProvisioningTask[] =>
  world.list(provisioningTasks, { prefix: `${appId}/` }).toArray();
const importedOf = (world: World, appId: string) =>
  world.list(importedUsers, { prefix: `${appId}/` }).toArray();
