/** When a candidate is ready: a URL answers, a line is printed, or a socket opens. */
import { connect } from 'node:net';
import type { Candidate } from './candidate.ts';
import { sayDuration } from './duration.ts';

const LOOK_MS = 25;
const ANSWER_MS_MAX = 1000;

interface Watched {
  url(template: string): string;
  withinMs: number;
  output: readonly string[];
  ended(): string | undefined;
}

/** Waits until it is ready; gives the reason where it does not become so. No rule: ready once it runs. */
export async function whenReady(
  ready: NonNullable<Candidate['ready']>,
  watched: Watched,
): Promise<string | undefined> {
  const until = performance.now() + watched.withinMs;
  const look = looker(ready, watched);
  for (;;) {
    const ended = watched.ended();
    if (ended !== undefined) return `${ended} before it was ready`;
    if (await look()) return undefined;
    if (performance.now() > until) return `it was not ready within ${sayDuration(watched.withinMs)}`;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function looker(
  ready: NonNullable<Candidate['ready']>,
  { url, output }: Watched,
): () => Promise<boolean> | boolean {
  if (ready.http !== undefined) {
    const address = url(ready.http);
    return () => answers(address, ready.status);
  }
  if (ready.line !== undefined) {
    const pattern = new RegExp(ready.line.replace(/^\/(.*)\/$/, '$1'));
    return () => output.some((line) => pattern.test(line));
  }
  if (ready.socket !== undefined) {
    const [host = '127.0.0.1', port = '0'] = url(ready.socket).split(':');
    return () => opens(host, Number(port));
  }
  return () => true;
}

async function answers(address: string, status = 200): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    await response.arrayBuffer();
    return response.status === status;
  } catch {
    return false;
  }
}

function opens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_MS_MAX });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}
