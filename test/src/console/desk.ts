/** A visitor of the console over the toy twin: opens pages, sends forms as a browser does. */
import { type Desk, openDesk, URL_BASE } from '../control/toy.ts';

/** A page, or what a form was answered with. */
export interface Seen {
  status: number;
  /** Where a form sends the browser. */
  location: string | null;
  /** The page's text without its tags. */
  text: string;
  html: string;
}

/** A desk whose console is visited. */
export interface Visitor extends Desk {
  open(path: string): Promise<Seen>;
  /** Sends a form, then opens where it leads. */
  send(path: string, fields?: Record<string, string>): Promise<Seen>;
}

/** Opens a desk and its console; a cookie that is set is sent from then on. */
export function visitConsole(options: Parameters<typeof openDesk>[0] = {}): Visitor {
  const desk = openDesk(options);
  const cookies = new Map<string, string>();
  const seen = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await desk.app.request(`${URL_BASE}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=');
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const html = await response.text();
    const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    return { status: response.status, location: response.headers.get('location'), text, html };
  };
  return {
    ...desk,
    open: (path) => seen(path),
    async send(path, fields = {}) {
      const answer = await seen(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: URL_BASE,
          'sec-fetch-site': 'same-origin',
        },
      });
      if (answer.status !== 303 || answer.location === null) return answer;
      return { ...(await seen(answer.location.replace(/#.*/, ''))), location: answer.location };
    },
  };
}
