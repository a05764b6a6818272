/** Deliveries to apps that came to nothing after the last try; the vendor shows them for three days. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { FAILED_WEBHOOKS_KEPT_MAX, FAILED_WEBHOOKS_KEPT_MS } from '../../limits.ts';
import { type FailedWebhook, failedWebhooks } from '../../world/webhooks.ts';

/** Writes one down as of now; what is too old goes. */
export function noteFailure(world: World, failed: Omit<FailedWebhook, 'failureTime'>): void {
  const old = world
    .list(failedWebhooks, { prefix: `${failed.app}/` })
    .toArray()
    .filter((row, i, { length }) => isOld(world, row) || i <= length - FAILED_WEBHOOKS_KEPT_MAX);
  for (const row of old) world.remove(failedWebhooks, failedWebhooks.key(row));
  world.put(failedWebhooks, { ...failed, failureTime: world.now() });
}

/** An app's failures after a moment (milliseconds), the oldest first. */
export const failuresOf = (world: World, app: string, after: number): Range<FailedWebhook> =>
  world.list(failedWebhooks, {
    prefix: `${app}/`,
    where: (row) => row.failureTime > after && !isOld(world, row),
  });

const isOld = (world: World, row: FailedWebhook): boolean =>
  row.failureTime < world.now() - FAILED_WEBHOOKS_KEPT_MS;
