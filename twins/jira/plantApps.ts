/** The programs of a world file: apps of the developer console, and webhooks of the settings. */
import { ApiError } from '../../src/error.ts';
import type { JiraPart } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';
import { registerClient } from './model/oauth/client.ts';
import { addAdminWebhook, ISSUE_FILTER } from './model/webhooks/adminWebhook.ts';
import type { User } from './world.ts';

/** Comes last: what a world begins with is told to nobody. Throws `invalid-world`. */
export function plantApps(world: World, part: JiraPart, owner: User): void {
  for (const app of part.apps ?? []) registerClient(world, { ...app, owner });
  for (const [i, { jql = '', ...webhook }] of (part.webhooks ?? []).entries())
    try {
      addAdminWebhook(world, owner, { ...webhook, filters: { [ISSUE_FILTER]: jql } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const message = `jira.webhooks[${i}] (${webhook.name}): ${error.message}`;
      throw new ApiError({ name: 'invalid-world', status: 422, message });
    }
}
