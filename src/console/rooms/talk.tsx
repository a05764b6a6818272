/** Messages, oldest on top: who, when, what, with reactions, buttons and the way into the thread. */
import type { Block, Said } from '../../room.ts';
import { ActForm, Acts } from './acts.tsx';
import { type Here, placePath } from './address.ts';
import { Blocks } from './blocks.tsx';
import { Lines } from './text.tsx';

/** A conversation's page with ways to older and newer ones. */
export function Talk({ here, block }: { here: Here; block: Extract<Block, { kind: 'talk' }> }) {
  const { title, messages, older, newer, empty } = block;
  return (
    <section>
      {title === undefined ? '' : <h2>{title}</h2>}
      {messages.length === 0 ? <p class="empty">{empty ?? 'Nothing yet'}</p> : ''}
      <p class="pager">
        {older === undefined ? '' : <a href={placePath(here, here.at, { from: older })}>Older</a>}
        {messages.length > JUMP_FROM ? <a href={`#${TALK_END}`}>To the end</a> : ''}
      </p>
      {messages.length === 0 ? '' : <div class="talk">{messages.map((one) => said(here, one))}</div>}
      {newer === undefined ? '' : <Newer here={here} from={newer} />}
      <span id={TALK_END} />
    </section>
  );
}

/** Id of the end of a conversation, where one writes. */
export const TALK_END = 'end';
/** Messages above which a page has a way to its end. */
const JUMP_FROM = 8;

/** An empty position is the newest page. */
function Newer({ here, from }: { here: Here; from: string }) {
  return (
    <a class="button" href={placePath(here, here.at, from === '' ? {} : { from })}>
      {from === '' ? 'Newest' : 'More'}
    </a>
  );
}

function said(room: Here, message: Said) {
  const spot = `m-${message.id}`;
  const here = { ...room, spot };
  const { author, authorTo, at, marks = [], lines, blocks = [], reactions = [], more, acts = [] } = message;
  return (
    <article class="said" id={spot}>
      <header>
        {authorTo === undefined ? <b>{author}</b> : <a href={placePath(here, authorTo)}>{author}</a>}
        {marks.map((mark) => (
          <span class="badge plain">{mark}</span>
        ))}
        <time class="dim small">{momentText(at)}</time>
      </header>
      {lines.length > 0 ? <Lines here={here} lines={lines} /> : ''}
      <Blocks here={here} blocks={blocks} />
      {reactions.length > 0 ? (
        <div class="reactions">
          {reactions.map(({ name, count, who, act }) => (
            <ActForm here={here} act={act} title={who} mark={`:${name}: ${count}`} />
          ))}
        </div>
      ) : (
        ''
      )}
      <footer>
        {more ? <a href={placePath(here, more.to)}>{more.title}</a> : ''}
        <Acts here={here} acts={acts} />
      </footer>
    </article>
  );
}

/** Universe time, to the minute. */
const momentText = (at: number): string =>
  Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16).replace('T', ' ') : '';
