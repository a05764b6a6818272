/** The files of /etc that are private to an isolation: who has which name, and who is asked for the others. */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A file or socket inside the isolation that is covered by another one. */
export interface Cover {
  from: string;
  over: string;
}

/** Services that answer for names outside the isolation, over sockets in the file system. */
const NAME_SERVICES = ['/run/nscd/socket', '/run/systemd/resolve/io.systemd.Resolve'];

/** Writes the private files to `folder`. Returns what to cover; what this machine does not have needs no cover. */
export function privateFiles(folder: string, hosts: readonly string[]): Cover[] {
  const texts = {
    '/etc/hosts': hostsFile(textOf('/etc/hosts'), hosts),
    '/etc/resolv.conf': 'nameserver 127.0.0.1\noptions timeout:2 attempts:1\n',
    '/etc/nsswitch.conf': switchFile(textOf('/etc/nsswitch.conf')),
  };
  const written = Object.entries(texts).flatMap(([path, text]) => {
    const from = join(folder, path.slice('/etc/'.length));
    writeFileSync(from, text, { mode: 0o644 });
    return existsSync(path) ? [{ from, over: realpathSync(path) }] : [];
  });
  const services = NAME_SERVICES.filter((path) => existsSync(path));
  return [...written, ...services.map((over) => ({ from: '/dev/null', over }))];
}

/** The machine's own loopback names, and the served ones; `*.` names are the resolver's. */
export function hostsFile(machines: string, hosts: readonly string[]): string {
  const own = machines.split('\n').filter((line) => /^\s*(127\.|::1\s)/.test(line));
  const names = ['localhost', hostname(), ...hosts.filter((host) => !host.includes('*'))];
  return `${[...own, ...names.map((name) => `127.0.0.1 ${name}`)].join('\n')}\n`;
}

/** The machine's choices, but for names of hosts: no service that the isolation does not have. */
export function switchFile(machines: string): string {
  const others = machines.split('\n').filter((line) => line.trim() !== '' && !/^\s*(#|hosts:)/.test(line));
  return `${['hosts: files dns', ...others].join('\n')}\n`;
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
