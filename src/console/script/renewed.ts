/**
 * How the console's script makes an element what a newer page says: what is the same stays the same node, so that what
 * the reader opened, wrote, chose, marked, scrolled or focused is left alone. Nodes with `data-own` are the script's.
 */
export const RENEWED_JS = `
  function renewed(here, fresh) {
    const active = document.activeElement;
    morph(here, fresh);
    // To move an element takes its focus away.
    if (active && active !== document.activeElement && active.isConnected) active.focus({ preventScroll: true });
  }

  function morph(old, fresh) {
    if (old.nodeType !== 1) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    attributes(old, fresh);
    const news = [...fresh.childNodes];
    const olds = [...old.childNodes].filter((node) => !own(node));
    const byKey = new Map();
    for (const node of olds) byKey.set(keyOf(node), [...(byKey.get(keyOf(node)) || []), node]);
    const kept = news.map((node) => (byKey.get(keyOf(node)) || []).shift());
    for (const nodes of byKey.values()) for (const node of nodes) gone(node);
    let at = old.firstChild;
    const pass = () => {
      while (at && own(at)) at = at.nextSibling;
    };
    pass();
    news.forEach((node, nth) => {
      const same = kept[nth];
      if (!same) return old.insertBefore(node, at);
      morph(same, node);
      if (same !== at) return old.insertBefore(same, at);
      at = at.nextSibling;
      pass();
    });
  }

  const own = (node) => node.nodeType === 1 && node.hasAttribute('data-own');

  // What the script put behind a row goes with it.
  function gone(node) {
    while (node.nextSibling && own(node.nextSibling)) node.nextSibling.remove();
    node.remove();
  }

  // Attributes say how a control begins, not what is in it: the reader's value is a property and stays.
  function attributes(old, fresh) {
    for (const { name, value } of fresh.attributes)
      if (!mine(old, name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    for (const { name } of [...old.attributes])
      if (!mine(old, name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }

  // Whether something is open is the reader's choice.
  const mine = (node, name) =>
    name === 'aria-expanded' || (name === 'open' && (node.matches('details') || node.matches('dialog')));

  // Who a node is among its siblings: an item by where it leads, a form by what it does.
  function keyOf(node) {
    if (node.nodeType !== 1) return node.nodeName;
    return node.nodeName + ' ' + (node.id || node.getAttribute('data-seq') || nameOf(node) || '');
  }

  const uncounted = ({ textContent }) => (textContent || '').replace(/[0-9]+/g, '');

  function nameOf(node) {
    const inner = (selector) => node.querySelector(selector) || {};
    switch (node.nodeName) {
      case 'LI':
      case 'TR':
      case 'ARTICLE':
        return inner('a[href]').href;
      case 'A':
        return node.href;
      case 'SECTION':
        return node.getAttribute('aria-label') || uncounted(inner('h2, h3'));
      case 'DETAILS':
        return uncounted(inner('summary'));
      case 'FORM':
        return node.action + ' ' + ['gesture', 'label', 'with'].map((name) => inner('[name="' + name + '"]').value);
      case 'LABEL':
        return inner('input, select, textarea').name;
      default:
        return node.getAttribute('name') || node.getAttribute('value') || '';
    }
  }
`;
