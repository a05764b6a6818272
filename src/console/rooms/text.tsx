/** Lines of styled text. Everything in them is text; an address is a link only where it is one of the web. */
import type { Line, Run } from '../../room.ts';
import { type Here, placePath } from './address.ts';

/** Paragraphs, headings, points, quotes; lines of code that follow each other stand in one block. */
export function Lines({ here, lines }: { here: Here; lines: readonly Line[] }) {
  return (
    <div class="lines">
      {grouped(lines).map((group) =>
        group[0]?.style === 'code' ? (
          <pre>{group.map((line) => line.runs.map((run) => run.text).join('')).join('\n')}</pre>
        ) : (
          group.map((line) => <OneLine here={here} line={line} />)
        ),
      )}
    </div>
  );
}

/** Neighbours of one kind: code, or not code. */
function grouped(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last && (last[0]?.style === 'code') === (line.style === 'code')) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

const DEPTH_SHOWN_MAX = 4;

function OneLine({ here, line: { style, depth = 0, runs } }: { here: Here; line: Line }) {
  const inner = runs.map((run) => <OneRun here={here} run={run} />);
  if (style === 'heading') return <h3>{inner}</h3>;
  if (style === 'quote') return <blockquote>{inner}</blockquote>;
  if (style === 'item') return <p class={`point d${Math.min(depth, DEPTH_SHOWN_MAX)}`}>{inner}</p>;
  return <p class={style === 'small' ? 'small dim' : ''}>{runs.length === 0 ? '\u00a0' : inner}</p>;
}

function OneRun({ here, run }: { here: Here; run: Run }) {
  const { text, bold, italic, strike, code, to, href } = run;
  let shown = code ? <code>{text}</code> : <>{text}</>;
  if (bold) shown = <b>{shown}</b>;
  if (italic) shown = <i>{shown}</i>;
  if (strike) shown = <s>{shown}</s>;
  if (to !== undefined) return <a href={placePath(here, to)}>{shown}</a>;
  if (href === undefined || !/^(https?:\/\/|mailto:)/i.test(href)) return shown;
  return (
    <a href={href} rel="noreferrer noopener" target="_blank">
      {shown}
    </a>
  );
}
