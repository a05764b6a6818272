/**
 * The console's copy buttons: by the clipboard where the browser lets a page, else by marking the text and the browser's
 * own copying (an address that is not `localhost` nor `https:` has no clipboard), else the text is left marked.
 */
export const COPY_JS = `
  const SAID_MS = 2000;

  function copyButtons(root) {
    for (const box of root.querySelectorAll('.copy')) {
      const text = box.querySelector('pre');
      if (!text || box.querySelector('button')) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.own = '';
      button.textContent = 'Copy';
      button.setAttribute('aria-live', 'polite');
      if (box.dataset.what) button.setAttribute('aria-description', box.dataset.what);
      let told;
      button.addEventListener('click', async () => {
        button.textContent = (await copied(text)) ? 'Copied' : 'Marked: press Ctrl+C';
        clearTimeout(told);
        told = setTimeout(() => (button.textContent = 'Copy'), SAID_MS);
      });
      box.append(button);
    }
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(text);
      return document.execCommand('copy');
    }
  }
`;
