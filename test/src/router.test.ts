import { describe, expect, it } from 'vitest';
import { Router } from '../../src/router.ts';

const router = new Router<string>();
for (const route of [
  'GET /users/{id}',
  'GET /users/me',
  'POST /users/{id}/lifecycle/activate',
  'GET /v4/sheets/{id}/values/{range}',
  'POST /v4/sheets/{id}/values/{range}:append',
  'GET /v4/sheets/{id}/values:batchGet',
  'POST /v4/sheets/{id}:batchUpdate',
  'GET|POST /api/chat.post',
  'GET /raw/{path=**}',
  'GET /logos/{name}.png',
])
  router.add(route, route);

const target = (method: string, path: string) => {
  const found = router.match(method, path);
  return 'target' in found ? [found.target, found.params] : found.allowed;
};

describe('a path', () => {
  it.each([
    ['GET', '/users/me', 'GET /users/me', {}],
    ['GET', '/users/00u1', 'GET /users/{id}', { id: '00u1' }],
    ['GET', '/users/a%40b.c', 'GET /users/{id}', { id: 'a@b.c' }],
    ['POST', '/users/me/lifecycle/activate', 'POST /users/{id}/lifecycle/activate', { id: 'me' }],
    [
      'POST',
      '/v4/sheets/s/values/A1:B2:append',
      'POST /v4/sheets/{id}/values/{range}:append',
      { id: 's', range: 'A1:B2' },
    ],
    [
      'POST',
      '/v4/sheets/s/values/A1%3AB2:append',
      'POST /v4/sheets/{id}/values/{range}:append',
      { id: 's', range: 'A1:B2' },
    ],
    ['GET', '/v4/sheets/s/values/A1:B2', 'GET /v4/sheets/{id}/values/{range}', { id: 's', range: 'A1:B2' }],
    ['GET', '/v4/sheets/s/values:batchGet', 'GET /v4/sheets/{id}/values:batchGet', { id: 's' }],
    ['POST', '/v4/sheets/s:batchUpdate', 'POST /v4/sheets/{id}:batchUpdate', { id: 's' }],
    ['POST', '/api/chat.post', 'GET|POST /api/chat.post', {}],
    ['GET', '/raw/a/b/c', 'GET /raw/{path=**}', { path: 'a/b/c' }],
    ['GET', '/logos/acme.png', 'GET /logos/{name}.png', { name: 'acme' }],
  ])('%s %s goes to %s', (method, path, route, params) => {
    expect(target(method, path)).toEqual([route, params]);
  });

  it('that is known by other methods says which', () => {
    expect(target('DELETE', '/users/me')).toEqual(['GET']);
    expect(target('GET', '/nowhere')).toEqual([]);
  });

  it('with a broken escape is taken as it is', () => {
    expect(target('GET', '/users/%zz')).toEqual(['GET /users/{id}', { id: '%zz' }]);
  });
});
