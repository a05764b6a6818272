/** The start page: every universe of the visitor's. */
import { page } from './page.tsx';
import type { ConsoleDeps, ConsoleHono } from './visit.ts';

/** Adds `/`. */
export function universesRoutes(app: ConsoleHono, { registry }: ConsoleDeps): void {
  app.get('/', (c) => {
    const visit = c.get('visit');
    const all = registry.list(visit.caller.operator ? undefined : visit.caller.tenant.id);
    return c.html(
      page({
        title: 'Universes',
        section: 'universes',
        visit,
        children: (
          <ul>
            {all.slice(0, 100).map((one) => (
              <li>
                <a href={`/console/u/${one.id}`}>{one.id}</a> {one.name}
              </li>
            ))}
          </ul>
        ),
      }),
    );
  });
}
