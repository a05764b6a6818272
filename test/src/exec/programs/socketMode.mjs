/** Listens by Socket Mode, says something, and prints what it hears. The packages are those of the folder that is named. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
const { SocketModeClient } = require('@slack/socket-mode');
const { WebClient } = require('@slack/web-api');

const { SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_USER_TOKEN } = process.env;
const client = new SocketModeClient({ appToken: SLACK_APP_TOKEN, logLevel: 'error' });
client.on('message', async ({ event, ack }) => {
  await ack();
  console.log(`heard: ${event.text}`);
  await client.disconnect();
});
await client.start();
const { channels } = await new WebClient(SLACK_BOT_TOKEN).conversations.list();
await new WebClient(SLACK_USER_TOKEN).chat.postMessage({ channel: channels[0].id, text: 'hello' });
