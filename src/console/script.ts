/**
 * The console's one script, as it is sent: no build step, no inline handlers. Pages work without it; with it they are
 * live. What it does is asked for by attributes:
 *
 * - `data-live="url"` on an element with an id: opens the stream of changes at that address
 *   (`/console/u/{id}/live?rows=0&twin=…`), and at each change fetches the page again and makes that element what it
 *   is there, as `renewed` does: what the reader opened, wrote, marked or focused stays.
 * - `data-journal="url"` on a table: puts the rows that the stream sends on top.
 * - `.copy` around a `pre`: gets a button that copies it.
 * - `data-key="g u"` on a link: typing this follows it.
 */
import { COPY_JS } from './script/copy.ts';
import { RENEWED_JS } from './script/renewed.ts';

export const LIVE_JS = `'use strict';
(() => {
${RENEWED_JS}
${COPY_JS}
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);

  // A stream that is open only while the page is seen: browsers allow few connections to one server.
  const follow = (url, after, on) => {
    let source;
    let wanted = true;
    const stream = {
      after,
      open() {
        if (source || !wanted || document.hidden) return;
        const at = new URL(url, location.href);
        at.searchParams.set('after', stream.after);
        source = new EventSource(at);
        for (const name of Object.keys(on))
          source.addEventListener(name, (event) => {
            const data = JSON.parse(event.data);
            if (data.last !== undefined) stream.after = data.last;
            if (name === 'end') stream.stop();
            on[name](data);
          });
        // After a break the browser would ask again for what it has already.
        source.onerror = () => {
          stream.close();
          if (wanted) setTimeout(stream.open, 2000);
        };
      },
      close() {
        if (source) source.close();
        source = undefined;
      },
      stop() {
        wanted = false;
        stream.close();
      },
      resume() {
        wanted = true;
        stream.open();
      },
    };
    document.addEventListener('visibilitychange', () => (document.hidden ? stream.close() : stream.open()));
    stream.open();
    return stream;
  };

  const journal = one('journal');
  if (journal && journal.dataset.journal) liveJournal(journal);
  function liveJournal(table) {
    const body = table.tBodies[0];
    const keep = Number(table.dataset.keep);
    const state = one('journal-state');
    const pause = one('pause');
    let unseen = 0;
    let last = Number(table.dataset.after);
    const tell = (more) => {
      const missed = unseen > 0 ? ', ' + unseen + ' came too fast to be shown' : '';
      state.textContent = last + (last === 1 ? ' entry' : ' entries') + missed + (more || '');
    };
    const stream = follow(table.dataset.journal, last, {
      rows(news) {
        last = news.last;
        unseen += news.unseen;
        const none = body.querySelector('.none');
        if (none) none.remove();
        still(body, () => {
          body.insertAdjacentHTML('afterbegin', news.html);
          const read = (row) => openBelow(row) || row.contains(document.activeElement);
          for (const row of all('tr[data-seq]', body).slice(keep)) if (!read(row)) row.remove();
        });
        tell();
      },
      reset() {
        body.replaceChildren();
        last = unseen = 0;
        stream.after = 0;
        tell(': the universe began again');
      },
      end() {
        tell(': the universe is gone, or the server stops');
      },
    });
    pause.hidden = false;
    pause.addEventListener('click', () => {
      const pressed = pause.getAttribute('aria-pressed') !== 'true';
      pause.setAttribute('aria-pressed', String(pressed));
      pause.textContent = pressed ? 'Go on' : 'Pause';
      tell(pressed ? ': paused' : '');
      if (pressed) stream.stop();
      else stream.resume();
    });
  }

  // What one reads stays where it is on the screen, whatever comes in above it.
  function still(body, work) {
    const read = document.activeElement.closest('tr') || body.querySelector('.open-entry');
    const held = read && body.contains(read) ? read : undefined;
    const top = held && held.getBoundingClientRect().top;
    work();
    if (held && held.isConnected) scrollBy(0, held.getBoundingClientRect().top - top);
  }

  const openBelow = (row) => {
    const below = row.nextElementSibling;
    return below && below.classList.contains('open-entry') ? below : undefined;
  };
  function closeEntry(row) {
    openBelow(row).remove();
    const link = row.querySelector('a[data-entry]');
    link.setAttribute('aria-expanded', 'false');
    return link;
  }

  // An entry opens below its row.
  document.addEventListener('click', async (event) => {
    const link = event.target.closest && event.target.closest('a[data-entry]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const row = link.closest('tr');
    if (openBelow(row)) return closeEntry(row);
    const shown = await part(link.href, 'entry');
    if (!shown) return location.assign(link.href);
    if (openBelow(row)) return;
    const cell = document.createElement('td');
    cell.colSpan = row.cells.length;
    shown.removeAttribute('id');
    cell.append(shown);
    const opened = document.createElement('tr');
    opened.className = 'open-entry';
    opened.dataset.own = '';
    opened.append(cell);
    row.after(opened);
    link.setAttribute('aria-expanded', 'true');
    copyButtons(opened);
  });

  // An element of another page, or undefined.
  async function part(url, id) {
    try {
      const answer = await fetch(url);
      if (!answer.ok) return undefined;
      return new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id) || undefined;
    } catch {
      return undefined;
    }
  }

  for (const element of all('[data-live][id]')) {
    let busy = false;
    let due = false;
    const renew = async () => {
      busy = true;
      due = false;
      const began = performance.now();
      const fresh = await part(location.href, element.id);
      if (fresh) renewed(element, fresh);
      copyButtons(element);
      setTimeout(() => {
        busy = false;
        if (due) renew();
      }, Math.max(500, 4 * (performance.now() - began)));
    };
    const changed = () => (busy ? (due = true) : renew());
    follow(element.dataset.live, element.dataset.after || '', { changed, reset: changed, end() {} });
  }

  copyButtons(document);

  let before = '';
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event;
    if (key === 'Escape') return closeAround(target);
    if (key === 'ArrowLeft' || key === 'ArrowRight') return tabs(event);
    if (target.matches('input, textarea, select')) return;
    const typed = before + key;
    before = key === 'g' ? 'g ' : '';
    const link = all('a[data-key]').find((each) => each.dataset.key === typed);
    if (link) return link.click();
    if (key === '?') return one('keys').showModal();
    if (key === 'p' && one('pause')) return one('pause').click();
    if (key === '/') {
      const field = document.querySelector('[data-filter]');
      if (!field) return;
      event.preventDefault();
      field.focus();
    }
    if (key === 'j' || key === 'k') walk(key === 'j' ? 1 : -1);
  });

  // Escape closes what one is in, and leads back to what opened it.
  function closeAround(target) {
    const entry = target.closest('.open-entry');
    const row = entry ? entry.previousElementSibling : target.closest('tr[data-seq]');
    if (row && openBelow(row)) return closeEntry(row).focus();
    const details = target.closest('details[open]');
    if (!details) return;
    details.open = false;
    details.querySelector('summary').focus();
  }

  function tabs(event) {
    const group = event.target.closest('.tabs');
    if (!group) return;
    const links = all('a', group);
    const step = event.key === 'ArrowRight' ? 1 : -1;
    links[(links.indexOf(event.target) + step + links.length) % links.length].focus();
    event.preventDefault();
  }

  function walk(step) {
    const links = all('#journal a[data-entry]');
    if (links.length === 0) return;
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  }
})();
`;
