/**
 * Brings the loopback interface of a new network namespace up. Node has no ioctl, so another program does it.
 *
 * It also gives the interface a second address: where 127.0.0.1 is all there is, the C library takes the machine to
 * have no IPv4, and resolves nothing for who asks for addresses that can be used (AI_ADDRCONFIG with AF_INET).
 */
import { findProgram, TOOL_PATH } from './program.ts';

/** For each program in `path` that can do it, the best first, the commands, with absolute paths. */
export function loopbackTools(path = TOOL_PATH): string[][][] {
  return TOOLS.flatMap(([name, ...calls]) => {
    const file = findProgram(name, path);
    return file === undefined ? [] : [calls.map((args) => [file, ...args])];
  });
}

/** SIOCSIFFLAGS with IFF_UP, then SIOCSIFADDR: see netdevice(7). */
const PYTHON = `import fcntl,socket,struct
s=socket.socket()
fcntl.ioctl(s,0x8914,struct.pack("16sH14x",b"lo",1))
fcntl.ioctl(s,0x8916,struct.pack("16sHH4s16x",b"lo:1",2,0,bytes([127,0,0,2])))`;
const PERL = `use Socket; socket(my $s,AF_INET,SOCK_DGRAM,0) or die $!;
my $up=pack("a16Sx14","lo",1); ioctl($s,0x8914,$up) or die $!;
my $address=pack("a16SSC4x16","lo:1",2,0,127,0,0,2); ioctl($s,0x8916,$address) or die $!`;

const IP = [
  ['link', 'set', 'lo', 'up'],
  ['addr', 'add', '127.0.0.2/8', 'dev', 'lo'],
];
const TOOLS: readonly (readonly [string, ...string[][]])[] = [
  ['ip', ...IP],
  ['ifconfig', ['lo', 'up'], ['lo:1', '127.0.0.2']],
  ['busybox', ...IP.map((args) => ['ip', ...args])],
  ['python3', ['-c', PYTHON]],
  ['perl', ['-e', PERL]],
];
