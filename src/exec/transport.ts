/** What a command's environment and the preload that runs inside it agree on. Knows nothing else: it is bundled into the preload. */

/** The variable that carries a {@link PreloadSetting} as JSON. */
export const SETTING_NAME = 'ORRERY_EXEC';

/** What the preload needs to know. */
export interface PreloadSetting {
  /**
   * Loopback port of the proxy. It takes what was meant for a vendor also without CONNECT: TLS by its server name,
   * HTTP by its Host; of other hosts it says why they are refused, and writes it down.
   */
  proxy: number;
  /** Host names that twins answer to; `*.x` is any subdomain of x. */
  hosts: readonly string[];
  /** `host` or `host:port` that may be reached as they are. */
  allow: readonly string[];
}

/** Variables by which programs find the proxy, in both spellings. */
export const PROXY_NAMES: readonly string[] = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'ALL_PROXY',
  // slack-mcp-server heeds none of the others.
  'SLACK_MCP_PROXY',
];

/** Variables by which programs find certificates that they are to trust, as one PEM file with the system's among them. */
export const BUNDLE_NAMES: readonly string[] = [
  // OpenSSL (Python, Ruby), Go, rustls-native-certs
  'SSL_CERT_FILE',
  // Python's requests, httplib2 (googleapiclient)
  'REQUESTS_CA_BUNDLE',
  'HTTPLIB2_CA_CERTS',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'DENO_CERT',
  // gRPC's C core (Python, Ruby, PHP)
  'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH',
  'CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE',
  // Set by some systems for all programs, they would hide ours.
  'NIX_SSL_CERT_FILE',
  'PIP_CERT',
  'AWS_CA_BUNDLE',
  // slack-mcp-server, beside its proxy
  'SLACK_MCP_SERVER_CA',
];

/** All that a child needs to land where its parent does; none of it is a credential. */
export const TRANSPORT_NAMES: readonly string[] = [
  SETTING_NAME,
  ...PROXY_NAMES.flatMap((name) => [name, name.toLowerCase()]),
  'NO_PROXY',
  'no_proxy',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'JAVA_TOOL_OPTIONS',
  ...BUNDLE_NAMES,
];
