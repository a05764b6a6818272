/** Joins a connection from inside an isolation to a port of this machine, so that neither end sees the seam. */
import { connect, type Socket } from 'node:net';

/** Connects `inside` to 127.0.0.1:`port`. Half-closes and resets pass in both directions. */
export function joinToPort(inside: Socket, port: number): void {
  const outside = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  follow(inside, outside);
  follow(outside, inside);
  inside.pipe(outside);
  outside.pipe(inside);
}

/** What ends `from` ends `to` in the same way; what `from` had still said comes first. */
function follow(from: Socket, to: Socket): void {
  let failed = false;
  from.on('error', () => {
    failed = true;
  });
  from.on('close', () => {
    if (failed) to.resetAndDestroy();
    else if (from.readableEnded && !to.writableFinished) to.once('finish', () => to.destroy());
    else to.destroy();
  });
}
