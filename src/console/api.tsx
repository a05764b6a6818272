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
        children: <Calls url={options.publicUrl()} keyed={c.get('visit').keyed} />,
      }),
    ),
  );
}

/** On a keyed server the calls want the key itself: a link would lead to a refusal. */
function Address({ path, keyed }: { path: string; keyed: boolean }) {
  return keyed ? <code>{path}</code> : <a href={path}>{path}</a>;
}

function Calls({ url, keyed }: { url: string; keyed: boolean }) {
  const groups = [...new Set(ROUTES.map((one) => one.group))];
  return (
    <>
      <p>
        Everything that the console does, a program does by these calls: JSON in, JSON out. Described for
        tools by <Address path="/v1/openapi.json" keyed={keyed} />; what each twin can do is at{' '}
        <Address path="/v1/coverage" keyed={keyed} />, what can go wrong on purpose at{' '}
        <Address path="/v1/faults" keyed={keyed} />, numbers for Prometheus at <a href="/metrics">/metrics</a>
        .
      </p>
      <pre>{`curl -X POST ${url}/v1/universes\norrery universe create`}</pre>
      {groups.map((group) => (
        <section>
          <h2>{group}</h2>
          <div class="wide">
            <table class="stack calls">
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
