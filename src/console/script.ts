/**
 * The console's one script, as it is sent: no build step, no inline handlers. Pages work without it; with it they are
 * live. What it does is asked for by attributes:
 *
 * - `data-confirm="text"` on a form: asks before it is sent.
 * - `data-live="url"` on an element with an id: opens the event stream at that address (see `universe/live.ts`), and at
 *   each change fetches the page again and puts in the new content of that element, but not while it holds the focus.
 * - `.copy` around a `pre`: gets a button that copies it.
 */
export const LIVE_JS = `'use strict';
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  document.addEventListener('submit', (event) => {
    const text = event.target.dataset.confirm;
    if (text && !window.confirm(text)) event.preventDefault();
  });
})();
`;
