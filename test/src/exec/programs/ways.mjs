/** A program that knows the vendors' own addresses only, and asks them in every way that Node has. Prints a JSON document. */
import { execFile } from 'node:child_process';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls, { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { request } from 'undici';
import { WebSocket } from 'ws';

const URL_ASKED = 'https://slack.com/api/api.test';
const FETCH = `fetch('${URL_ASKED}').then((reply) => reply.json())`;

const text = (reply) =>
  new Promise((resolve) => {
    let all = '';
    reply.setEncoding('utf8').on('data', (chunk) => {
      all += chunk;
    });
    reply.on('end', () => resolve(all));
  });
const get = (client, url, options) =>
  new Promise((resolve, reject) => {
    client.get(url, options, async (reply) => resolve([reply, await text(reply)])).on('error', reject);
  });
const subject = (socket) =>
  new Promise((resolve, reject) => {
    socket.once('error', reject).once('secureConnect', () => {
      resolve(`${socket.authorized} ${socket.getPeerCertificate().subjectaltname}`);
      socket.destroy();
    });
  });

const ways = {
  fetch: async () => (await fetch(URL_ASKED)).json(),
  undici: async () => (await request(URL_ASKED)).body.json(),
  async keepAlive() {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const [, first] = await get(https, URL_ASKED, { agent });
    const [reply, second] = await get(https, URL_ASKED, { agent });
    return [JSON.parse(first), JSON.parse(second), reply.req.reusedSocket];
  },
  plain: async () => JSON.parse((await get(http, 'http://slack.com/api/api.test', {}))[1]),
  http2: () =>
    new Promise((resolve, reject) => {
      const session = http2.connect('https://www.googleapis.com');
      session.once('error', reject);
      const stream = session.request({ ':path': '/drive/v3/about?fields=kind' });
      stream.once('response', (headers) => {
        resolve([session.alpnProtocol, headers[':status']]);
        session.destroy();
      });
    }),
  webSocket: () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket('wss://wss-primary.slack.com/nowhere');
      socket.once('unexpected-response', (_request, reply) =>
        resolve(reply.headers['x-slack-backend'] ?? 'other'),
      );
      socket.once('open', () => resolve('open'));
      socket.once('error', reject);
    }),
  tlsWithoutName: () => subject(connectTls(443, 'slack.com')),
  async tlsByAddress() {
    const { address } = await promisify(dns.lookup)('acme.okta.com');
    return subject(tls.connect({ host: address, port: 443, servername: 'acme.okta.com' }));
  },
  worker: () =>
    new Promise((resolve, reject) => {
      const code = `${FETCH}.then((body) => require('node:worker_threads').parentPort.postMessage(body))`;
      new Worker(code, { eval: true, env: { OWN: '1' } }).once('message', resolve).once('error', reject);
    }),
  async child() {
    const code = `${FETCH}.then((body) => console.log(JSON.stringify(body)))`;
    const env = { PATH: process.env.PATH };
    return JSON.parse((await promisify(execFile)(process.execPath, ['-e', code], { env })).stdout);
  },
  async loopback() {
    const server = http.createServer((_request, reply) => reply.end('own')).listen(0, 'localhost');
    await new Promise((resolve) => server.once('listening', resolve));
    const own = await (await fetch(`http://localhost:${server.address().port}/`)).text();
    server.close().closeAllConnections();
    return own;
  },
  baseUrl: async () => (await fetch(`${process.env.SLACK_API_URL}api.test`)).json(),
  refusedFetch: () => fetch('https://example.com/'),
  refusedTls: () => get(https, 'https://example.com:8443/', {}),
  refusedSocket: () =>
    new Promise((resolve, reject) => net.connect(5432, 'db.example.com', resolve).once('error', reject)),
  refusedAddress: () => fetch('http://169.254.169.254/latest/meta-data'),
};

const results = {};
for (const [name, way] of Object.entries(ways))
  try {
    results[name] = await way();
  } catch (error) {
    const { code, message } = error.cause ?? error;
    results[name] = `${code} ${message}`;
  }
console.log(JSON.stringify(results));
