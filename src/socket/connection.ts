/** One open WebSocket of a program: bounded both ways, watched by pings, with the answers that are waited for. */
import type { RawData, WebSocket } from 'ws';
import type { DeliveryOutcome } from '../twin.ts';
import { wallNow, wallTimer } from '../wall.ts';
import type { SocketAnswer, SocketMessage, SocketTerms } from './kind.ts';

/** A longer message of a program's ends its connection (1009). */
export const SOCKET_MESSAGE_BYTES_MAX = 1024 * 1024;
/** What may wait for a program that does not read; past it, its connection is cut. */
export const SOCKET_BUFFER_BYTES_MAX = 4 * 1024 * 1024;
/** A program that says more in a second of the machine's time loses its connection (1008). */
export const SOCKET_MESSAGES_PER_SECOND_MAX = 1_000;
/** Pings go out this often, by the machine's clock; a program that misses two is gone. */
export const SOCKET_PING_MS = 10_000;
const PINGS_MISSED_MAX = 2;
const CLOSE_POLICY = 1_008;
/** How long a program may take to close its side. */
const CLOSE_MS = 1_000;

/** What the owner of a connection hears of it. */
export interface ConnectionEvents {
  /** Every message; says what it answers, or cuts the connection. */
  heard(connection: Connection, text: string): SocketAnswer | 'cut' | undefined;
  closed(connection: Connection, code: number, by: 'program' | 'twin'): void;
}

const LOST: DeliveryOutcome = { status: 0, headers: {}, body: '', failure: 'connection' };

export class Connection {
  readonly id: string;
  readonly terms: SocketTerms;
  /** The program was told to leave: nothing more is said here. */
  leaving = false;
  readonly #ws: WebSocket;
  readonly #events: ConnectionEvents;
  readonly #expected = new Map<string, (outcome: DeliveryOutcome) => void>();
  #stopPings = () => {};
  #missed = 0;
  #second = 0;
  #heardInSecond = 0;
  #closedByUs = false;

  constructor(ws: WebSocket, id: string, terms: SocketTerms, events: ConnectionEvents) {
    this.#ws = ws;
    this.id = id;
    this.terms = terms;
    this.#events = events;
    ws.on('message', (data: RawData, binary: boolean) => {
      if (!binary) this.#hear(data.toString());
    });
    ws.on('pong', () => {
      this.#missed = 0;
    });
    // What is wrong with a connection ends it: `close` follows.
    ws.on('error', () => ws.terminate());
    ws.on('close', (code: number) => this.#gone(code));
    this.#pings();
  }

  /** Says something and does not wait; false where the connection is not (or no longer) good for it. */
  say(message: SocketMessage): boolean {
    if (this.#ws.readyState !== this.#ws.OPEN) return false;
    this.#ws.send(message.text);
    if (this.#ws.bufferedAmount > SOCKET_BUFFER_BYTES_MAX) {
      this.cut();
      return false;
    }
    if (message.ends) this.leaving = true;
    if (message.ends === 'now') this.close(1_000);
    return true;
  }

  /** Says something and waits for what answers it, `timeoutMs` of the machine's time at most. */
  ask(message: SocketMessage, timeoutMs: number): Promise<DeliveryOutcome> {
    const { expects } = message;
    if (expects === undefined)
      return Promise.resolve(this.say(message) ? { status: 200, headers: {}, body: '' } : LOST);
    return new Promise((resolve) => {
      const late = wallTimer(timeoutMs, () => settle({ ...LOST, failure: 'timeout' }));
      const settle = (outcome: DeliveryOutcome) => {
        late();
        this.#expected.delete(expects);
        resolve(outcome);
      };
      this.#expected.set(expects, settle);
      if (!this.say(message)) settle(LOST);
    });
  }

  /** Closes it, and cuts it where the program does not close its side. */
  close(code: number): void {
    this.leaving = true;
    this.#closedByUs = true;
    this.#ws.close(code);
    this.#ws.once(
      'close',
      wallTimer(CLOSE_MS, () => this.#ws.terminate()),
    );
  }

  /** Cuts it without a word. */
  cut(): void {
    this.leaving = true;
    this.#closedByUs = true;
    this.#ws.terminate();
  }

  #hear(text: string): void {
    if (this.#closedByUs) return;
    const second = Math.floor(wallNow() / 1_000);
    this.#heardInSecond = second === this.#second ? this.#heardInSecond + 1 : 1;
    this.#second = second;
    if (this.#heardInSecond > SOCKET_MESSAGES_PER_SECOND_MAX) return void this.close(CLOSE_POLICY);
    const answer = this.#events.heard(this, text);
    if (answer === 'cut') return void this.cut();
    if (answer) this.#expected.get(answer.answers)?.({ status: 200, headers: {}, body: answer.body });
  }

  #gone(code: number): void {
    this.leaving = true;
    this.#stopPings();
    for (const settle of [...this.#expected.values()]) settle(LOST);
    this.#events.closed(this, code, this.#closedByUs ? 'twin' : 'program');
  }

  #pings(): void {
    this.#stopPings = wallTimer(SOCKET_PING_MS, () => {
      if (this.#missed++ >= PINGS_MISSED_MAX) return void this.cut();
      this.#ws.ping();
      this.#pings();
    });
  }
}
