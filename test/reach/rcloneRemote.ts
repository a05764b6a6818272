/** Shell lines that configure rclone. */

const TOKEN =
  '{"access_token":"expired","token_type":"Bearer","refresh_token":"\'$GOOGLE_REFRESH_TOKEN\'","expiry":"2020-01-01T00:00:00Z"}';

/** A remote `mine:` of the administrator's Drive by the OAuth client's refresh token; how often a request is repeated. */
export const mineRemote = (lowLevelRetries: number): string =>
  [
    'export RCLONE_CONFIG_MINE_TYPE=drive RCLONE_CONFIG_MINE_CLIENT_ID="$GOOGLE_CLIENT_ID"',
    'export RCLONE_CONFIG_MINE_CLIENT_SECRET="$GOOGLE_CLIENT_SECRET"',
    `export RCLONE_CONFIG_MINE_TOKEN='${TOKEN}'`,
    `rclone() { command rclone --config /dev/null --retries 1 --low-level-retries ${lowLevelRetries} "$@"; }`,
  ].join('\n');
