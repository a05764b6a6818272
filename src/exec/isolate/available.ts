/** Whether commands can be isolated on this machine and how, found out by doing it once with nothing in it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loopbackTools } from './loopback.ts';
import { findProgram, TOOL_PATH } from './program.ts';

/** How this machine isolates; for `startIsolation`. */
export interface IsolationPlan {
  /** `unshare` and its options, for the namespaces around everything. */
  outer: readonly string[];
  /** `unshare` and its options, for the command alone: its caller's user again, without power over the outer ones. */
  inner: readonly string[];
  /** Whether the inner namespace is given every user and group that the caller has (the machine's root). */
  range: boolean;
  /** Commands that bring the loopback interface up. */
  loopback: readonly (readonly string[])[];
  /** The `mount` program. */
  mount: string;
}

export type IsolationAvailability =
  | { ok: true; plan: IsolationPlan }
  | { ok: false; why: string; next: string };

/** The probe ends by then, in milliseconds; it takes some 20. */
const PROBE_MS_MAX = 10_000;
const WITHOUT = 'or leave --isolate out';

/** What is looked at: this machine, unless said. */
export interface Machine {
  platform?: string;
  /** Folders of programs, with `:` between. */
  path?: string;
}

/** Tries the ways to isolate, best first. Takes some 20 ms where the first one works. Never throws. */
export function isolationAvailable(machine: Machine = {}): IsolationAvailability {
  const { platform = process.platform, path = TOOL_PATH } = machine;
  if (platform !== 'linux')
    return { ok: false, why: 'it needs Linux', next: `run it in a Linux machine, ${WITHOUT}` };
  const unshare = findProgram('unshare', path);
  const mount = findProgram('mount', path);
  if (!unshare || !mount) {
    const why = `there is no \`${unshare ? 'mount' : 'unshare'}\` program`;
    return { ok: false, why, next: `install util-linux, ${WITHOUT}` };
  }
  const [loopback] = loopbackTools(path);
  if (!loopback) {
    const why = 'no program here can bring a loopback interface up';
    return { ok: false, why, next: `install iproute2 (or busybox, python3 or perl), ${WITHOUT}` };
  }
  let said = '';
  for (const way of ways(unshare)) {
    const plan = { ...way, loopback, mount };
    const refusal = probe(plan);
    if (refusal === undefined) return { ok: true, plan };
    said ||= refusal;
  }
  return { ok: false, ...refusedBy(said) };
}

type Way = Pick<IsolationPlan, 'outer' | 'inner' | 'range'>;

/**
 * The ways, best first. The machine's root needs no user namespace outside, and keeps all users inside; everybody
 * else is root outside and themselves again inside. Old versions of `unshare` know no `--kill-child`, and containers
 * that cover parts of /proc allow no fresh one: then the command sees the machine's.
 */
function ways(unshare: string): Way[] {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const spaces = ['--net', '--mount', '--pid', '--fork'];
  const asRoot = ['--user', '--map-root-user'];
  const asCaller = uid === 0 ? asRoot : ['--user', `--map-user=${uid}`, `--map-group=${gid}`];
  const whole = { outer: [unshare, ...spaces, '--kill-child', '--mount-proc'], inner: [unshare, '--user'] };
  const bare = { outer: [unshare, ...spaces], inner: [], range: false };
  const users = [['--kill-child', '--mount-proc'], ['--mount-proc'], ['--kill-child'], []].map((extra) => ({
    outer: [unshare, ...asRoot, ...spaces, ...extra],
    inner: [unshare, ...asCaller],
    range: false,
  }));
  const fakeRoot = users.map((one) => ({ ...one, inner: [] }));
  return uid === 0 ? [{ ...whole, range: true }, ...users, bare] : [...users, ...fakeRoot];
}

/** What the system says against `plan`; undefined where it works. */
function probe({ outer, inner, loopback, mount }: IsolationPlan): string | undefined {
  const [file = '', ...args] = outer;
  const inside = [...loopback, [mount, '--bind', '/etc/passwd', '/etc/passwd'], [...inner, 'true']];
  const script = inside.map((words) => words.map(quoted).join(' ')).join(' && ');
  const { status, error, stderr } = spawnSync(file, [...args, '/bin/sh', '-c', script], {
    env: { PATH: TOOL_PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: PROBE_MS_MAX,
    killSignal: 'SIGKILL',
  });
  if (status === 0) return undefined;
  return error?.message ?? (String(stderr).trim().split('\n')[0] || `it ended with ${status}`);
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Settings that switch user namespaces off: the file, the value that does, and what switches them on. */
const SWITCHES = [
  ['user/max_user_namespaces', '0', 'user.max_user_namespaces=15000'],
  ['kernel/unprivileged_userns_clone', '0', 'kernel.unprivileged_userns_clone=1'],
  ['kernel/apparmor_restrict_unprivileged_userns', '1', 'kernel.apparmor_restrict_unprivileged_userns=0'],
] as const;

function refusedBy(said: string): { why: string; next: string } {
  const off = SWITCHES.find(([file, value]) => setting(file) === value);
  if (off) {
    const why = `user namespaces are off here (${off[0].replace('/', '.')} is ${off[1]})`;
    return { why, next: `run \`sudo sysctl -w ${off[2]}\`, ${WITHOUT}` };
  }
  const next =
    'in a container allow them (docker run --privileged, or a seccomp profile that has unshare and mount)';
  return { why: `namespaces are refused here (${said})`, next: `${next}, ${WITHOUT}` };
}

function setting(file: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${file}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
