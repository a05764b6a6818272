import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../harness/report/html.ts';
import { junitXml } from '../../harness/report/junit.ts';
import { summaryMarkdown } from '../../harness/report/summary.ts';
import { run, trial } from './sample-run.ts';

describe('reports', () => {
  it('show what programs and files say as text, never as markup', () => {
    const page = reportHtml(run, [trial], '/runs/1');
    expect(page).not.toContain('<script');
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)');
    expect(page).not.toContain('\u0001');
    expect(summaryMarkdown(run, [trial])).not.toContain('<script');
  });

  it('need nothing from elsewhere', () => {
    expect(reportHtml(run, [trial], '/runs/1')).not.toMatch(/src=|href="http|url\(|@import/);
  });

  it('count trials for CI systems', () => {
    const xml = junitXml(run, [trial]);
    expect(xml).toContain('tests="1" failures="1" errors="0"');
    expect(xml).toContain('time="1.234"');
    expect(xml).not.toContain('\u0001');
  });
});
