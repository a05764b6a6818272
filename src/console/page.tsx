/** The frame of every page of the console: head, header with navigation, crumbs, notice, content. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Visit } from './visit.ts';

/** A finished document, for `c.html`. */
export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A step on the way to the page; the last one (the page itself) has no `href`. */
export interface Crumb {
  text: string;
  href?: string;
}

/** What a page is made of. */
export interface PageParts {
  /** Of the page's heading, and of the browser's tab unless `tab` is said. */
  title: string;
  tab?: string;
  /** Which entry of the navigation is lit. */
  section: Section;
  crumbs?: readonly Crumb[];
  /** Who looks; a page before sign-in has nobody. */
  visit?: Visit;
  /** Addresses of style sheets that it needs besides the console's own. */
  styles?: readonly string[];
  /** Beside the heading: badges, buttons. */
  aside?: Child;
  children?: Child;
}

export type Section = 'universes' | 'runs' | 'api';

const NAVIGATION: readonly { section: Section; href: string; text: string; key: string }[] = [
  { section: 'universes', href: '/', text: 'Universes', key: 'u' },
  { section: 'runs', href: '/console/runs', text: 'Runs', key: 'r' },
  { section: 'api', href: '/console/api', text: 'API', key: 'a' },
];

/** The document. Scripts and styles come from this server alone: no inline script, no `style` attribute works. */
export function page({
  title,
  tab = title,
  section,
  crumbs = [],
  styles = [],
  visit,
  aside,
  children,
}: PageParts): Page {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${tab} · Orrery`}</title>
        <link rel="icon" href="/console/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/console/style.css" />
        {styles.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
        <script src="/console/live.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <Header section={section} visit={visit} />
        <main id="content" tabindex={-1}>
          <Crumbs crumbs={crumbs} />
          <div class="heading">
            <h1>{title}</h1>
            {aside}
          </div>
          <Said visit={visit} />
          {children}
        </main>
        <Shortcuts />
      </body>
    </html>
  );
  return html`<!doctype html>${document}`;
}

function Header({ section, visit }: { section: Section; visit?: Visit | undefined }) {
  return (
    <header class="top">
      <a class="brand" href="/">
        Orrery
      </a>
      <nav aria-label="Main">
        {NAVIGATION.map((one) => (
          <a
            href={one.href}
            data-key={`g ${one.key}`}
            {...(one.section === section ? { 'aria-current': 'page' } : {})}
          >
            {one.text}
          </a>
        ))}
      </nav>
      {visit ? <Visitor visit={visit} /> : ''}
    </header>
  );
}

function Visitor({ visit }: { visit: Visit }) {
  if (!visit.keyed) return <span class="who dim">{visit.version}</span>;
  return (
    <form class="who" method="post" action="/console/signout">
      <span class="dim">{visit.caller.operator ? 'operator' : visit.caller.tenant.name}</span>
      <button type="submit">Sign out</button>
    </form>
  );
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  if (crumbs.length === 0) return null;
  return (
    <nav class="crumbs" aria-label="Where this is">
      {crumbs.map(({ text, href }) => (href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>))}
    </nav>
  );
}

function Said({ visit }: { visit?: Visit | undefined }) {
  if (!visit?.notice) return null;
  const { kind, text } = visit.notice;
  return (
    <p class={`notice ${kind}`} role={kind === 'wrong' ? 'alert' : 'status'}>
      {text}
    </p>
  );
}

/** What the keyboard does; `?` opens it. */
function Shortcuts() {
  return (
    <dialog id="keys" aria-label="Keyboard">
      <h2>Keyboard</h2>
      <dl class="pairs">
        <dt>
          <kbd>g</kbd> then <kbd>u</kbd>, <kbd>r</kbd>, <kbd>a</kbd>
        </dt>
        <dd>universes, runs, API</dd>
        <dt>
          <kbd>←</kbd> <kbd>→</kbd>
        </dt>
        <dd>from tab to tab, when a tab has the focus</dd>
        <dt>
          <kbd>j</kbd> <kbd>k</kbd>
        </dt>
        <dd>down and up the journal; Enter opens an entry</dd>
        <dt>
          <kbd>p</kbd>
        </dt>
        <dd>pause the journal, go on</dd>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>to the filter</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>this list</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>closes what one is in: a form, an entry, this list</dd>
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
