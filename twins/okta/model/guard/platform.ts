/** Platforms by what a client says that it is. */

/** `type` and `os` as the platform conditions of policies have them, `version` as the client tells it. */
export interface Platform {
  type: 'MOBILE' | 'DESKTOP' | 'OTHER';
  os: 'IOS' | 'ANDROID' | 'WINDOWS' | 'MACOS' | 'CHROMEOS' | 'LINUX' | 'OTHER';
  version: string;
}

/** The platform that a user agent names; a program that names none is another one. */
export function platformOf(userAgent: string): Platform {
  for (const [sign, os, type] of SIGNS) {
    const found = sign.exec(userAgent);
    if (found) return { type, os, version: (found[1] ?? '').replaceAll('_', '.') };
  }
  return { type: 'OTHER', os: 'OTHER', version: '' };
}

/** The first that fits holds: an iPad says `Mac OS X` too, and Android says `Linux`. */
const SIGNS: readonly (readonly [RegExp, Platform['os'], Platform['type']])[] = [
  [/(?:iPhone|iPad|iPod)(?:.*? OS ([\d_]+))?/, 'IOS', 'MOBILE'],
  [/Android(?: ([\d.]+))?/, 'ANDROID', 'MOBILE'],
  [/Windows(?: NT ([\d.]+))?/, 'WINDOWS', 'DESKTOP'],
  [/CrOS(?: \w+ ([\d.]+))?/, 'CHROMEOS', 'DESKTOP'],
  [/(?:Macintosh|Mac OS X)(?:.*?Mac OS X ([\d_.]+))?/, 'MACOS', 'DESKTOP'],
  [/Linux()/, 'LINUX', 'DESKTOP'],
];
