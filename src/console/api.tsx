/** The control API as a page: every call, from the definitions that route and validate. */
import { ROUTES } from '../control/routes/all.ts';
import { page } from './page.tsx';
import type { ConsoleDeps, ConsoleHono } from './visit.ts';

/** Adds `/console/api`. */
export function apiRoutes(app: ConsoleHono, { options }: ConsoleDeps): void {
  app.get('/console/api', (c) =>
    c.html(
      page({
        title: 'API',
        section: 'api',
        visit: c.get('visit'),
        children: <Calls url={options.publicUrl()} />,
      }),
    ),
  );
}

function Calls({ url }: { url: string }) {
  const groups = [...new Set(ROUTES.map((one) => one.group))];
  return (
    <>
      <p>
        Everything that the console does, a program does by these calls: JSON in, JSON out. Described for
        tools by <a href="/v1/openapi.json">/v1/openapi.json</a>; what each twin can do is at{' '}
        <a href="/v1/coverage">/v1/coverage</a>, what can go wrong on purpose at{' '}
        <a href="/v1/faults">/v1/faults</a>, numbers for Prometheus at <a href="/metrics">/metrics</a>.
      </p>
      <pre>{`curl -X POST ${url}/v1/universes\norrery universe create`}</pre>
      {groups.map((group) => (
        <section>
          <h2>{group}</h2>
          <div class="wide">
            <table class="stack">
              <tbody>
                {ROUTES.filter((one) => one.group === group).map((one) => (
                  <tr>
                    <td>
                      <code class="method">{one.method}</code> <code>{one.path}</code>
                    </td>
                    <td class="fill">{one.summary}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  );
}
