/** One isolation while it lasts: the channel to `init.mjs`, the ports it handed out, and the end of it all. */
import type { ChildProcess } from 'node:child_process';
import type { Socket as UdpSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallTimer } from '../../wall.ts';
import type { IsolationPlan } from './available.ts';
import { privateFiles } from './files.ts';
import type { IsolatedExit, Isolation, IsolationOptions } from './isolation.ts';
import { joinToPort } from './join.ts';
import { startInit } from './launch.ts';
import { Names } from './names.ts';

/** Where programs look for a vendor. */
const VENDOR_PORTS = [443, 80] as const;
const NAME_PORT = 53;
/** Open connections per port. */
const CONNECTIONS_MAX = 4096;
/** Setting up takes no longer, in milliseconds; it takes some 100. */
const SETUP_MS_MAX = 20_000;
/** The wait for the first process inside to end by itself, in milliseconds, before it is killed. */
const LEAVE_MS_MAX = 2_000;

/** What `init.mjs` says. */
type Message =
  | { is: 'port'; port: number }
  | { is: 'names' | 'ready' | 'started' }
  | { is: 'dialed'; id: number; why?: string }
  | ({ is: 'exited' } & IsolatedExit)
  | { is: 'failed'; why: string };

export class Running implements Isolation {
  readonly exited: Promise<IsolatedExit>;
  /** Resolves when the command runs; rejects where that fails. */
  readonly started: Promise<void>;
  readonly streams: Isolation['streams'];
  private readonly options: IsolationOptions;
  private readonly plan: IsolationPlan;
  private readonly folder: string;
  private readonly names: Names;
  private readonly init: ChildProcess;
  private readonly doors = new Set<Server | UdpSocket>();
  private readonly sockets = new Set<Socket>();
  private readonly dials = new Map<number, (socket: Socket | undefined, why: string) => void>();
  private lastDial = 0;
  private ended: IsolatedExit | undefined;
  private begun: () => void = () => {};
  private failed: (error: Error) => void = () => {};

  constructor(options: IsolationOptions, plan: IsolationPlan) {
    this.options = options;
    this.plan = plan;
    this.folder = mkdtempSync(join(options.folder ?? tmpdir(), 'orrery-isolate-'));
    this.names = new Names(options.hosts, options.onRefused);
    this.started = new Promise((resolve, reject) => {
      this.begun = resolve;
      this.failed = reject;
    });
    const cancel = wallTimer(SETUP_MS_MAX, () =>
      this.failed(new Error('the isolation was not ready in time')),
    );
    this.started.then(cancel, cancel);
    this.init = startInit(plan, options.stdio ?? ['inherit', 'inherit', 'inherit']);
    this.streams = this.init;
    this.exited = new Promise((resolve) => {
      this.init.once('error', (error) => {
        this.failed(error);
        resolve(this.end(null, null));
      });
      // What it said last may still be on its way when it is gone.
      this.init.once('exit', (code, signal) => {
        const end = () => resolve(this.end(code, signal));
        if (this.init.connected) this.init.once('disconnect', end);
        else end();
      });
    });
    this.init.on('message', (message, handle) => this.hear(message as Message, handle));
    this.begin();
  }

  kill(signal: NodeJS.Signals): void {
    this.say({ do: 'signal', name: signal });
  }

  dial(port: number): Promise<Socket> {
    this.lastDial += 1;
    const id = this.lastDial;
    return new Promise((resolve, reject) => {
      if (!this.init.connected) return reject(new Error(GONE));
      this.dials.set(id, (socket, why) => {
        this.dials.delete(id);
        if (socket) resolve(this.held(socket));
        else reject(new Error(why));
      });
      this.say({ do: 'dial', id, port });
    });
  }

  refused(): string[] {
    return [...this.names.refused];
  }

  async close(): Promise<void> {
    if (this.init.connected) this.init.disconnect();
    const cancel = wallTimer(LEAVE_MS_MAX, () => this.init.kill('SIGKILL'));
    await this.exited;
    cancel();
  }

  private begin(): void {
    const { hosts, hostPorts, landingPorts = [] } = this.options;
    const covers = privateFiles(this.folder, hosts);
    const mounts = covers.map(({ from, over }) => [this.plan.mount, '--bind', from, over]);
    const ports = [...new Set([...VENDOR_PORTS, NAME_PORT, ...hostPorts, ...landingPorts])];
    this.say({ do: 'setup', commands: [...this.plan.loopback, ...mounts], ports, folder: this.folder });
  }

  private hear(message: Message, handle: unknown): void {
    if (message.is === 'port' && handle instanceof Server) this.open(message.port, handle);
    if (message.is === 'names') {
      this.doors.add(handle as UdpSocket);
      this.names.serve(handle as UdpSocket);
    }
    if (message.is === 'ready') {
      const { file, args, env } = this.options;
      this.say({ do: 'run', file, args, env, prefix: this.plan.inner, range: this.plan.range });
    }
    if (message.is === 'started') this.begun();
    if (message.is === 'exited') this.ended = { code: message.code, signal: message.signal };
    if (message.is === 'failed') this.failed(new Error(message.why));
    if (message.is === 'dialed')
      this.dials.get(message.id)?.(handle instanceof Socket ? handle : undefined, message.why ?? GONE);
  }

  private open(port: number, server: Server): void {
    const { landing, hostPorts } = this.options;
    const outside = hostPorts.includes(port) ? port : landing;
    const answer = (socket: Socket) =>
      port === NAME_PORT ? this.names.serveStream(socket) : joinToPort(socket, outside);
    // A program that has said all it has to say still waits for the answer.
    Object.assign(server, { allowHalfOpen: true });
    server.maxConnections = CONNECTIONS_MAX;
    server.on('connection', (socket) => answer(this.held(socket)));
    server.on('error', () => {});
    this.doors.add(server);
  }

  private held(socket: Socket): Socket {
    this.sockets.add(socket);
    // Whoever takes it over has its own; between the two it must not end the process.
    socket.on('error', () => {});
    return socket.once('close', () => this.sockets.delete(socket));
  }

  private say(message: object): void {
    if (this.init.connected) this.init.send(message, () => {});
  }

  /**
   * Closes what this process holds of the isolation; a network namespace lives as long as a socket in it. A command
   * that kills everything in its reach kills the first processes with it: then their end is all that is known.
   */
  private end(code: number | null, signal: NodeJS.Signals | null): IsolatedExit {
    this.failed(new Error('the isolation ended before its command began'));
    for (const door of this.doors) door.close();
    for (const socket of this.sockets) socket.destroy();
    for (const settle of [...this.dials.values()]) settle(undefined, GONE);
    this.doors.clear();
    rmSync(this.folder, { recursive: true, force: true });
    return this.ended ?? { code, signal };
  }
}

const GONE = 'the isolation has ended';
