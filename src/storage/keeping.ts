/** Has what the control API changes be safe before it is answered, where the policy says so. */
import type { Storage } from './storage.ts';

interface App {
  fetch(request: Request): Response | Promise<Response>;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** `app`, whose replies wait for `storage`; 507 where that cannot keep what changes. */
export function keeping(app: App, storage: Storage): App {
  return {
    async fetch(request) {
      if (READS.has(request.method)) return app.fetch(request);
      // To drop makes room.
      if (storage.failure !== undefined && request.method !== 'DELETE') return notKept(storage.failure);
      const response = await app.fetch(request);
      try {
        await storage.hold();
      } catch (error) {
        return notKept((error as Error).message);
      }
      return response;
    },
  };
}

function notKept(detail: string): Response {
  const problem = { type: 'urn:orrery:problem:not-kept', title: 'Insufficient Storage', status: 507, detail };
  return new Response(JSON.stringify(problem), {
    status: 507,
    headers: { 'content-type': 'application/problem+json' },
  });
}
