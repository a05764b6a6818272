import { describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../../src/prng.ts';
import { BOB } from '../domain.ts';
import { openPage, type Page, range } from './page.ts';

const CASES = 25;

describe('writeControl', () => {
  it('refuses a batch that requires a revision which is not the latest', async () => {
    const page = await openPage('x');
    const { body } = await against(page, { requiredRevisionId: String(page.made.body.revisionId) }, [
      { insertText: { text: 'y', location: { index: 1 } } },
    ]);
    expect(body.error).toMatchObject({
      message: `The required revision ID '${page.made.body.revisionId}' does not match the latest revision.`,
      status: 'INVALID_ARGUMENT',
    });
  });

  it('takes the revision that the last batch answered', async () => {
    const page = await openPage();
    const { body } = await page.batch({ insertText: { text: 'a', location: { index: 1 } } });
    const next = await against(page, body.writeControl as unknown as object, [
      { insertText: { text: 'b', location: { index: 2 } } },
    ]);
    expect(next.status).toBe(200);
    expect(await page.text()).toBe('ab\n');
  });

  it('lets an older revision be written against: places move by what others did since', async () => {
    const page = await openPage('one two three');
    const { revisionId } = await page.document();
    await page.edit({ insertText: { text: 'zero ', location: { index: 1 } } });
    const { status } = await against(page, { targetRevisionId: revisionId }, [
      { insertText: { text: 'and a half', location: { index: 4 } } },
      { insertText: { text: '!', location: { index: 24 } } },
    ]);
    expect(status).toBe(200);
    expect(await page.text()).toBe('zero oneand a half two three!\n');
  });

  it('has nothing to do where others took the text away', async () => {
    const page = await openPage('keep drop keep');
    const { revisionId } = await page.document();
    await page.edit({ deleteContentRange: { range: range(6, 11) } });
    const { status } = await against(page, { targetRevisionId: revisionId }, [
      { updateTextStyle: { range: range(6, 10), textStyle: { bold: true }, fields: 'bold' } },
      { deleteContentRange: { range: range(6, 10) } },
    ]);
    expect(status).toBe(200);
    expect(await page.text()).toBe('keep keep\n');
  });

  it('refuses a target revision that there was not', async () => {
    const page = await openPage('x');
    const { status } = await against(page, { targetRevisionId: 'AFwiY1nothing' }, [
      { insertText: { text: 'y', location: { index: 1 } } },
    ]);
    expect(status).toBe(400);
  });

  it('gives a new name to a revision that was written over from a file', async () => {
    const page = await openPage();
    const first = page.made.body.revisionId;
    await page.fetch(`/google/upload/drive/v3/files/${page.documentId}?uploadType=media`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${page.token}`, 'content-type': 'text/plain' },
      body: 'other text',
    });
    expect(await page.text()).toBe('other text\n');
    expect((await page.document()).revisionId).not.toBe(first);
  });

  for (let seed = 1; seed <= CASES; seed++)
    it(`brings two people's edits of one text together (seed ${seed})`, async () => {
      const drawn = draw(seed, 'docs.merge');
      const base = 'abcdefghijklmnopqrstuvwxyz';
      const page = await openPage(base);
      const { revisionId } = await page.document();
      const theirs = someEdits(drawn, base, '0123456789');
      await page.edit(...theirs.requests);
      const mine = someEdits(drawn, base, 'ABCDEFGHIJ');
      const { status, body } = await against(page, { targetRevisionId: revisionId }, mine.requests);
      expect(status, JSON.stringify([theirs, mine, body])).toBe(200);
      const text = await page.text();
      const kept = [...base].filter((letter) => theirs.text.includes(letter) && mine.text.includes(letter));
      const says = JSON.stringify([theirs, mine, text]);
      expect(text.replace(/[^a-z]/g, ''), says).toBe(kept.join(''));
      expect([...text.replace(/[^A-Z]/g, '')].sort(), says).toEqual(
        [...mine.text.replace(/[^A-Z]/g, '')].sort(),
      );
      expect([...text.replace(/[^0-9]/g, '')].sort(), says).toEqual(
        [...theirs.text.replace(/[^0-9]/g, '')].sort(),
      );
    });
});

describe('people with less than a writer’s role', () => {
  it('may not edit', async () => {
    const page = await openPage('x');
    await share(page, 'commenter');
    const { status, body } = await page.call(
      `POST ${page.path}:batchUpdate`,
      { requests: [{ insertText: { text: 'y', location: { index: 1 } } }] },
      page.tokenFor(BOB),
    );
    expect([status, (body.error as unknown as { message: string }).message]).toEqual([
      403,
      'The caller does not have permission',
    ]);
  });

  it('are not told the revision', async () => {
    const page = await openPage('x');
    await share(page, 'reader');
    const { body } = await page.call(`GET ${page.path}`, undefined, page.tokenFor(BOB));
    expect(body).not.toHaveProperty('revisionId');
  });
});

const against = (page: Page, writeControl: object, requests: object[]) =>
  page.call(`POST ${page.path}:batchUpdate`, { requests, writeControl });

const share = (page: Page, role: string) =>
  page.call(`POST /drive/v3/files/${page.documentId}/permissions`, { type: 'user', role, emailAddress: BOB });

/** Some insertions and deletions of a text in the body, and what they leave of it. */
function someEdits(drawn: Draw, base: string, letters: string): { requests: object[]; text: string } {
  let text = base;
  const requests = Array.from({ length: drawn.int(1, 4) }, (_, nth) => {
    const offset = drawn.int(0, text.length);
    const end = Math.min(offset + drawn.int(1, 4), text.length);
    if (drawn.int(0, 1) === 0 || end <= offset) {
      text = text.slice(0, offset) + letters[nth] + text.slice(offset);
      return { insertText: { text: letters[nth], location: { index: offset + 1 } } };
    }
    text = text.slice(0, offset) + text.slice(end);
    return { deleteContentRange: { range: range(offset + 1, end + 1) } };
  });
  return { requests, text };
}
