/** Lists that come in pages, as one. */

/** Every item under `key`, page by page; `read` takes where to go on from, which `next` of a page says. */
export async function* pagesOf<K extends string, T>(
  read: (after?: string) => Promise<{ [key in K]: T[] } & { next?: string }>,
  key: K,
): AsyncGenerator<T, void> {
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    yield* page[key];
    if (page.next === undefined) return;
    after = page.next;
  }
}
