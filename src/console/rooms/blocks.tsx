/** The blocks of a place, drawn one below the other. */
import type { Block, Cell, Column, Item } from '../../room.ts';
import { Wide } from '../wide.tsx';
import { Acts } from './acts.tsx';
import { type Here, placePath } from './address.ts';
import { Mark } from './mark.tsx';
import { TALK_END, Talk } from './talk.tsx';
import { Lines } from './text.tsx';

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;

export function Blocks({ here, blocks }: { here: Here; blocks: readonly Block[] }) {
  // After something was written below a conversation, its end is what one wants to see.
  const talked = blocks.findIndex((block) => block.kind === 'talk');
  const spotted = (nth: number) => (talked >= 0 && nth === talked + 1 ? { ...here, spot: TALK_END } : here);
  return <>{blocks.map((block, nth) => drawn(spotted(nth), block))}</>;
}

function drawn(here: Here, block: Block) {
  switch (block.kind) {
    case 'list':
      return <List here={here} block={block} />;
    case 'talk':
      return <Talk here={here} block={block} />;
    case 'facts':
      return <Facts here={here} block={block} />;
    case 'table':
      return <Table here={here} block={block} />;
    case 'board':
      return <Board here={here} columns={block.columns} />;
    case 'text':
      return <Text here={here} block={block} />;
    case 'acts':
      return <Acts here={here} acts={block.acts} />;
    case 'search':
      return <Search here={here} block={block} />;
    case 'pages':
      return <Pages here={here} block={block} />;
    case 'panel':
      return <Panel here={here} block={block} />;
    default:
      return <hr />;
  }
}

const Titled = ({ title }: { title: string | undefined }) => (title === undefined ? <></> : <h2>{title}</h2>);
const Empty = ({ says }: { says: string | undefined }) => <p class="empty">{says ?? 'Nothing here'}</p>;

function List({ here, block: { title, items, next, empty } }: { here: Here; block: Of<'list'> }) {
  return (
    <section>
      <Titled title={title} />
      {items.length === 0 ? (
        <Empty says={empty} />
      ) : (
        <ul class="rows">{items.map((item) => row(here, item))}</ul>
      )}
      <More here={here} next={next} />
    </section>
  );
}

const DEPTH_SHOWN_MAX = 6;

function row(here: Here, { title, to, subtitle, icon, badge, depth = 0, acts = [] }: Item) {
  return (
    <li class={`t${Math.min(depth, DEPTH_SHOWN_MAX)}`}>
      <Mark icon={icon} />
      <span class="what">
        {to === undefined ? title : <a href={placePath(here, to)}>{title}</a>}
        {subtitle ? <span class="dim small">{subtitle}</span> : ''}
      </span>
      {badge ? <span class="badge plain">{badge}</span> : ''}
      <Acts here={here} acts={acts} />
    </li>
  );
}

function More({ here, next }: { here: Here; next: string | undefined }) {
  const { find } = here.asked;
  if (next === undefined && !here.asked.from) return <></>;
  const same = find ? { find } : {};
  return (
    <p class="pager">
      {here.asked.from ? <a href={placePath(here, here.at, same)}>First</a> : ''}
      {next === undefined ? '' : <a href={placePath(here, here.at, { from: next, ...same })}>More</a>}
    </p>
  );
}

function Facts({ here, block: { title, facts } }: { here: Here; block: Of<'facts'> }) {
  return (
    <section>
      <Titled title={title} />
      <dl class="pairs card">
        {facts.map(({ name, value }) => (
          <>
            <dt>{name}</dt>
            <dd>{cell(here, value)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

const TONES = { good: 'badge ok', bad: 'badge bad', dim: 'dim' } as const;

function cell(here: Here, value: Cell) {
  if (typeof value === 'string') return <>{value}</>;
  const { text, to, tone } = value;
  const shown = to === undefined ? <>{text}</> : <a href={placePath(here, to)}>{text}</a>;
  return tone ? <span class={TONES[tone]}>{shown}</span> : shown;
}

function Table({ here, block }: { here: Here; block: Of<'table'> }) {
  const { title, grid, columns, rows, next, empty } = block;
  return (
    <section>
      <Titled title={title} />
      {rows.length === 0 ? (
        <Empty says={empty} />
      ) : (
        <Wide name={title ?? 'Table'}>
          <table class={grid ? 'cells' : ''}>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>{rows.map((cells) => tableRow(here, cells, grid === true))}</tbody>
          </table>
        </Wide>
      )}
      <More here={here} next={next} />
    </section>
  );
}

function tableRow(here: Here, cells: readonly Cell[], grid: boolean) {
  return (
    <tr>
      {cells.map((value, nth) =>
        grid && nth === 0 ? <th scope="row">{cell(here, value)}</th> : <td>{cell(here, value)}</td>,
      )}
    </tr>
  );
}

function Board({ here, columns }: { here: Here; columns: readonly Column[] }) {
  return (
    <div class="board">
      {columns.map(({ title, count, cards, more }) => (
        <section class="column" aria-label={title}>
          <h2>
            {title} <span class="dim">{String(count)}</span>
          </h2>
          {cards.map((card) => (
            <article class="ticket">
              <a href={placePath(here, card.to)}>{card.title}</a>
              <p class="small dim">{[card.key, ...card.marks, card.person].filter(Boolean).join(' · ')}</p>
              {card.acts.length > 0 ? (
                <details class="act">
                  <summary>Move</summary>
                  <Acts here={here} acts={card.acts} />
                </details>
              ) : (
                ''
              )}
            </article>
          ))}
          {more ? <a href={placePath(here, more.to)}>{more.title}</a> : ''}
        </section>
      ))}
    </div>
  );
}

function Text({ here, block: { title, lines, empty } }: { here: Here; block: Of<'text'> }) {
  if (lines.length === 0 && empty === undefined) return <></>;
  return (
    <section>
      <Titled title={title} />
      {lines.length === 0 ? <p class="dim">{empty}</p> : <Lines here={here} lines={lines} />}
    </section>
  );
}

function Search({ here, block: { label, value } }: { here: Here; block: Of<'search'> }) {
  return (
    <form method="get" class="inline filters">
      <input type="hidden" name="at" value={here.at} />
      {here.chosen ? <input type="hidden" name="as" value={here.asked.as ?? ''} /> : ''}
      <label>
        {label}
        <input type="search" name="find" value={value} maxlength={255} data-filter="" autocomplete="off" />
      </label>
      <button type="submit">Find</button>
    </form>
  );
}

function Pages({ here, block: { links } }: { here: Here; block: Of<'pages'> }) {
  return (
    <nav class="tabs" aria-label="Parts of this place">
      {links.map((link) => (
        <a href={placePath(here, link.to)} {...(link.here ? { 'aria-current': 'page' } : {})}>
          {link.title}
        </a>
      ))}
    </nav>
  );
}

function Panel({ here, block: { title, note, over, blocks } }: { here: Here; block: Of<'panel'> }) {
  return (
    <section class={over ? 'card panel over' : 'card panel'}>
      <h2>{title}</h2>
      {note ? <p class="notice wrong">{note}</p> : ''}
      <Blocks here={here} blocks={blocks} />
    </section>
  );
}
