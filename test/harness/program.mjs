// A small program for the harness's own tests: it asks the manager, and grants when the manager approves.
// BUGS names what is wrong with it.
import { createServer } from 'node:http';

const bugs = new Set((process.env.BUGS ?? '').split(','));
const { TWIN_URL, PORT } = process.env;
let asked = new Map();
let pending = 0;
let events = 0;

async function call(twin, operation, body, attempts = 3) {
  const response = await fetch(`${TWIN_URL}/${twin}/${operation}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  await response.text();
  if (response.status === 429 && attempts > 0 && !bugs.has('no-retry')) {
    const wait = bugs.has('impolite') ? 0 : Number(response.headers.get('retry-after')) * 1000 + 20;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return call(twin, operation, body, attempts - 1);
  }
  if (!response.ok && response.status !== 501) throw new Error(`${operation}: ${response.status}`);
}

const say = (channel, ts, text, extra) =>
  call('slack', 'chat.postMessage', {
    table: 'messages',
    key: `${channel}/${ts}`,
    row: { channel, ts, bot_id: 'B1', text, ...extra },
  });

async function handle(event) {
  if (bugs.has('tires') && ++events > 3) return;
  if (event.type === 'post') {
    if (bugs.has('crash')) process.exit(3);
    if (bugs.has('gap')) return call('jira', 'lacking', {});
    asked.set('prompt', event);
    if (bugs.has('early')) await grant();
    const button = { type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve' } };
    const blocks = [{ type: 'actions', elements: [button] }];
    await say('D0', '2000000000.000001', `<@U1> wants in`, { blocks });
  }
  if (event.type === 'click' && asked.size > 0) {
    if (event.user !== 'ann@acme.test' && !bugs.has('anyone')) return;
    if (!bugs.has('forgets')) await grant();
    if (bugs.has('collateral'))
      await call('okta', 'updateUser', { table: 'users', key: 'o2', row: { id: 'o2' } });
    await say('C1', '2000000000.000002', 'you are in figma', { thread_ts: asked.get('prompt').ts });
  }
}

function grant() {
  return call('okta', 'assignUserToGroup', {
    table: 'groupMembers',
    key: 'g0/o1',
    row: { groupId: 'g0', userId: 'o1' },
  });
}

createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    if (request.url === '/reset' && !bugs.has('carries')) asked = new Map();
    if (request.url === '/idle') return response.end(JSON.stringify({ pending }));
    response.end('ok');
    if (request.url !== '/events') return;
    pending++;
    handle(JSON.parse(text))
      .catch((error) => console.error(error.message))
      .finally(() => pending--);
  });
}).listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
