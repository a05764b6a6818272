/**
 * Runs inside every Node process under `orrery exec`, before the program: brings connections to the vendors' hosts
 * home, and has all others refused that leave the machine. Node 20 heeds no proxy variable, and many programs open
 * sockets of their own, so this is done where all of them pass: at the socket. Built into one CommonJS file.
 */
import { syncBuiltinESMExports } from 'node:module';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { type PreloadSetting, SETTING_NAME } from '../transport.ts';
import { keepChildren } from './children.ts';
import { bringHome } from './connect.ts';
import { answerNames } from './names.ts';
import { places } from './places.ts';

// A worker may have been given an environment of its own.
const text = process.env[SETTING_NAME] ?? (getEnvironmentData(SETTING_NAME) as string | undefined);
if (text !== undefined) {
  setEnvironmentData(SETTING_NAME, text);
  install(JSON.parse(text) as PreloadSetting);
}

function install(setting: PreloadSetting): void {
  const map = places(setting);
  bringHome(map, setting);
  answerNames(map);
  keepChildren();
  // Names that ES modules import from Node's own modules were taken before.
  syncBuiltinESMExports();
}
