/** The environment of a command: that of its caller, the universe's credentials, and the way to the proxy. */
import { BUNDLE_NAMES, PROXY_NAMES, type PreloadSetting, SETTING_NAME } from './transport.ts';
import { TRUST_STORE_PASSWORD } from './trustStore.ts';

/** The files and ports by which programs reach the twins under the vendors' own names. */
export interface Transport {
  proxyPort: number;
  certificatePath: string;
  bundlePath: string;
  trustStorePath: string;
  /** What `NODE_OPTIONS` requires. */
  preloadPath: string;
  preload: PreloadSetting;
}

type Environment = Readonly<Record<string, string | undefined>>;

const HERE = 'localhost,127.0.0.1,::1,.localhost';
const JAVA_HERE = 'localhost|127.*|[::1]|*.localhost';

/**
 * What the command gets. Of the caller's, all but Orrery's own: the address and the key of another server are not for
 * the program. `transport` is left out where the program is to use base URLs only.
 */
export function commandEnvironment(
  caller: Environment,
  universe: Environment,
  transport?: Transport,
): Record<string, string> {
  const own = Object.entries(caller).filter(([name]) => !name.startsWith('ORRERY_'));
  const all = {
    ...Object.fromEntries(own),
    ...universe,
    ...(transport ? transportEnvironment(transport, caller) : {}),
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The variables by which programs take `transport`; what `caller` said of Node and Java stays. */
export function transportEnvironment(transport: Transport, caller: Environment = {}): Record<string, string> {
  return {
    ...proxyEnvironment(`http://127.0.0.1:${transport.proxyPort}`, transport),
    // Not NODE_USE_ENV_PROXY, which Node 24 has: with it `fetch` says of a refusal that it "was cancelled", and no more.
    NODE_OPTIONS: joined(caller.NODE_OPTIONS, `--require ${quoted(transport.preloadPath)}`),
    JAVA_TOOL_OPTIONS: joined(caller.JAVA_TOOL_OPTIONS, javaOptions(transport)),
    [SETTING_NAME]: JSON.stringify(transport.preload),
  };
}

/** The variables by which programs that heed any go by the proxy at `url` and trust its certificates. */
export function proxyEnvironment(
  url: string,
  { certificatePath, bundlePath }: Pick<Transport, 'certificatePath' | 'bundlePath'>,
): Record<string, string> {
  const variables: Record<string, string> = {
    // Whatever was to go around a proxy before is refused like all else now.
    NO_PROXY: HERE,
    no_proxy: HERE,
    NODE_EXTRA_CA_CERTS: certificatePath,
  };
  for (const name of PROXY_NAMES) variables[name] = variables[name.toLowerCase()] = url;
  for (const name of BUNDLE_NAMES) variables[name] = bundlePath;
  return variables;
}

function javaOptions({ proxyPort, trustStorePath }: Transport): string {
  const properties: Record<string, string> = {
    'http.proxyHost': '127.0.0.1',
    'http.proxyPort': String(proxyPort),
    'https.proxyHost': '127.0.0.1',
    'https.proxyPort': String(proxyPort),
    'http.nonProxyHosts': JAVA_HERE,
    'javax.net.ssl.trustStore': trustStorePath,
    'javax.net.ssl.trustStorePassword': TRUST_STORE_PASSWORD,
    'javax.net.ssl.trustStoreType': 'JKS',
  };
  return Object.entries(properties)
    .map(([name, value]) => quoted(`-D${name}=${value}`))
    .join(' ');
}

const joined = (before: string | undefined, more: string): string => (before ? `${before} ${more}` : more);

/** Both Node and Java part their options at spaces, but for those in double quotes. */
const quoted = (text: string): string =>
  /[\s"\\]/.test(text) ? `"${text.replace(/[\\"]/g, (mark) => `\\${mark}`)}"` : text;
