/**
 * The first program inside the isolation: brings loopback up, puts the private files over the machine's, opens the
 * ports, hands them to the host process outside, and starts the command. Plain JavaScript on Node's own modules, since
 * it is started as a file of its own, from sources as from the build.
 *
 * It talks with the host by Node's IPC channel, a Unix socket. A listening socket belongs to the network namespace it
 * was made in, whoever holds it: so the host accepts and answers by itself, and no byte is copied on the way.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** Waiting connections per port until the host takes them. */
const BACKLOG = 511;
/** What a terminal or an operator sends to everybody is for the command; the host passes on what it should get. */
const NOT_FOR_INIT = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

let command;
let privateFolder;

for (const signal of NOT_FOR_INIT) process.on(signal, () => {});
// Nobody is left to answer, nor to tidy up, when the host is gone; with this process, everything inside ends.
process.on('disconnect', () => {
  if (privateFolder) rmSync(privateFolder, { recursive: true, force: true });
  process.exit(1);
});
process.on('message', (message) => {
  const work = { setup, run, signal, dial }[message.do];
  Promise.resolve(work?.(message)).catch((error) => say({ is: 'failed', why: error.message }));
});

/** @param {{ commands: string[][], ports: number[], folder: string }} message */
async function setup({ commands, ports, folder }) {
  privateFolder = folder;
  for (const [file, ...args] of commands) {
    const { status, error, stderr } = spawnSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    if (status === 0) continue;
    throw new Error(
      `${[file, ...args].join(' ')}: ${error?.message ?? String(stderr).trim().split('\n')[0]}`,
    );
  }
  for (const port of ports) {
    const server = createServer();
    await ready(server, (done) => server.listen({ port, host: LOOPBACK, backlog: BACKLOG }, done));
    await say({ is: 'port', port }, server);
    server.close();
  }
  const socket = createSocket('udp4');
  await ready(socket, (done) => socket.bind(53, LOOPBACK, done));
  await say({ is: 'names' }, socket);
  socket.close();
  await say({ is: 'ready' });
}

/** @param {{ file: string, args: string[], env: object, prefix: string[], range: boolean }} message */
async function run({ file, args, env, prefix, range }) {
  const [first, ...rest] = [...prefix, '/bin/sh', '-c', WAIT, 'sh', file, ...args];
  command = spawn(first, rest, { env, stdio: ['inherit', 'inherit', 'inherit', 'pipe'] });
  command.on('error', (error) => say({ is: 'failed', why: error.message }));
  command.on('exit', async (code, signal) => {
    await say({ is: 'exited', code, signal });
    process.exit(0);
  });
  const gate = command.stdio[3];
  gate.on('error', () => {});
  await new Promise((resolve) => {
    gate.once('data', resolve);
    gate.once('close', resolve);
  });
  if (range) giveRange(command);
  // Said before the command can do anything: it may kill all it can at once, this process too.
  await say({ is: 'started' });
  gate.end('go\n');
}

const WAIT = 'echo ready >&3; read go <&3; exec 3>&-; exec "$@"';

/** Root of the machine keeps every user and group it has, but no power over the namespaces around the command. */
function giveRange(child) {
  for (const kind of ['uid_map', 'gid_map']) {
    const ranges = readFileSync(`/proc/self/${kind}`, 'utf8').trim().split('\n');
    const kept = ranges
      .map((range) => range.trim().split(/\s+/))
      .map(([from, , count]) => `${from} ${from} ${count}`);
    writeFileSync(`/proc/${child.pid}/${kind}`, `${kept.join('\n')}\n`);
  }
}

/** @param {{ name: string }} message */
function signal({ name }) {
  command?.kill(name);
}

/** Connects to a port that the command listens on, for the host. @param {{ id: number, port: number }} message */
async function dial({ id, port }) {
  const socket = connect({ port, host: LOOPBACK });
  // What a server says first is for the host to read.
  socket.pause();
  try {
    await ready(socket, (done) => socket.once('connect', done));
    await say({ is: 'dialed', id }, socket);
  } catch (error) {
    await say({ is: 'dialed', id, why: error.message });
  }
}

function ready(emitter, begin) {
  return new Promise((resolve, reject) => {
    emitter.once('error', reject);
    begin(() => {
      emitter.off('error', reject);
      resolve();
    });
  });
}

/** Resolves when the message is with the system; a host that is gone is no reason to fail. */
function say(message, handle) {
  return new Promise((resolve) => {
    if (process.connected) process.send(message, handle, () => resolve());
    else resolve();
  });
}
