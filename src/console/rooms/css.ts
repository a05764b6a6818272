/** What the rooms add to the console's style sheet. */
export const ROOMS_STYLE_PATH = '/console/rooms.css';

export const ROOMS_STYLE = `
.room { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 1.5rem; align-items: start; }
.room aside { position: sticky; top: 1rem; }
.looker { display: flex; gap: .4rem; align-items: end; margin-bottom: 1rem; }
.looker label { margin: 0; flex: 1; min-width: 0; }
.looker select, .looker input { width: 100%; }
.shelves { display: flex; flex-direction: column; }
.shelves a { padding: .3rem .6rem; border-radius: 6px; color: var(--ink); }
.shelves a:hover { background: var(--hit); text-decoration: none; }
.shelves a[aria-current] { background: var(--plain-ground); font-weight: 550; }
.place { position: relative; margin-bottom: 1rem; padding-right: 4rem; }
.place h2 { margin: 0; font-size: 1.25rem; overflow-wrap: anywhere; }
.place p { margin: .15rem 0 0; overflow-wrap: anywhere; }
.place .refresh { position: absolute; right: 0; top: .2rem; }
.mark { width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 1.3; flex: none; vertical-align: -.1em;
  color: var(--dim);
  stroke-linejoin: round; stroke-linecap: round; }
.rows { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; }
.rows li { display: flex; gap: .6rem; align-items: center; padding: .4rem .9rem; flex-wrap: wrap; }
.rows li + li { border-top: 1px solid var(--line); }
.rows .what { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline;
  overflow-wrap: anywhere; }
section > .pager { margin: .4rem 0; }
.t1 { margin-left: 1.25rem; } .t2 { margin-left: 2.5rem; } .t3 { margin-left: 3.75rem; }
.t4 { margin-left: 5rem; } .t5 { margin-left: 6.25rem; } .t6 { margin-left: 7.5rem; }
.talk { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1.25rem; }
.said { padding: .5rem 0; scroll-margin-top: 5rem; }
.said:target { background: var(--hit); }
.notice { position: sticky; top: .5rem; z-index: 2; }
.said + .said { border-top: 1px solid var(--line); }
.said > header { display: flex; flex-wrap: wrap; gap: .15rem .6rem; align-items: baseline; }
.said > header a { font-weight: 600; color: var(--ink); }
.said > footer { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: start;
  font-size: 13px; margin-top: .15rem; }
.lines { overflow-wrap: anywhere; }
#place > section > .lines { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .75rem 1.25rem; }
.lines p { margin: 0; min-height: 1.2em; white-space: pre-wrap; }
.lines h3 { margin: .5rem 0 .2rem; }
.lines blockquote { margin: 0; padding-left: .75rem; border-left: 3px solid var(--line); color: var(--dim); }
.lines .point { padding-left: 1.1rem; }
.lines .point::before { content: "•"; margin-left: -.8rem; margin-right: .35rem; color: var(--dim); }
.d1 { margin-left: 1.1rem !important; } .d2 { margin-left: 2.2rem !important; }
.d3 { margin-left: 3.3rem !important; } .d4 { margin-left: 4.4rem !important; }
.reactions { display: flex; flex-wrap: wrap; gap: .3rem; margin: .3rem 0; }
.reactions button { border-radius: 999px; padding: 0 .6rem; font-size: 13px; background: var(--plain-ground); }
.acts { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: start; }
#place > .acts, .panel .acts { margin: .6rem 0 1rem; }
.acts form { margin: 0; }
.acts .filled { flex: 1 1 100%; }
.acts .filled > label { max-width: 44rem; }
.acts .filled label { margin: 0 0 .4rem; }
.acts .filled textarea { font: inherit; }
.act[open] { flex-basis: 100%; }
.act > summary { color: var(--link); font-size: 13px; list-style: none; }
.act > summary::-webkit-details-marker { display: none; }
.act > summary::before { content: "+ "; color: var(--dim); }
.act[open] > summary::before { content: "– "; }
.act > form, .act > .acts { margin: .4rem 0 .6rem; }
#place > .acts > .act > summary { border: 1px solid var(--line); border-radius: 6px; padding: .2rem .75rem;
  font-size: 15px; color: var(--ink); background: var(--card); display: inline-block; }
.said .acts { font-size: 15px; }
.said > footer .acts { font-size: 13px; }
.board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(14rem, 1fr); gap: .75rem; overflow-x: auto;
  align-items: start; padding-bottom: .5rem; }
.column { background: var(--plain-ground); border-radius: 8px; padding: .6rem; min-width: 0; }
.column h2 { margin: 0 .2rem .5rem; font-size: .9rem; }
.ticket { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem;
  margin-bottom: .5rem;
  overflow-wrap: anywhere; }
.ticket p { margin: .1rem 0 .2rem; }
.ticket > a { color: var(--ink); font-weight: 500; }
.panel { margin: .75rem 0; max-width: 44rem; }
.over { position: sticky; top: 4rem; z-index: 1; max-height: 75vh; overflow-y: auto;
  box-shadow: 0 6px 30px rgb(0 0 0 / .3); }
.panel hr, #place hr { border: 0; border-top: 1px solid var(--line); margin: .6rem 0; }
.cells { border: 1px solid var(--line); width: auto; font-size: 13px; background: var(--card); }
.cells th, .cells td { border: 1px solid var(--line); padding: .15rem .5rem; min-width: 4.5rem; max-width: 18rem;
  overflow: hidden; text-overflow: ellipsis; }
.cells th { background: var(--ground); text-align: center; min-width: 2.2rem; position: sticky; left: 0; }
.cells thead th { position: static; }
section > .wide > table:not(.cells) td { white-space: normal; overflow-wrap: anywhere; min-width: 5rem; }
@media (max-width: 48rem) {
  .room { grid-template-columns: minmax(0, 1fr); gap: .75rem; }
  .room aside { position: static; }
  .shelves { flex-direction: row; flex-wrap: wrap; gap: .2rem; }
  .board { grid-auto-columns: minmax(80vw, 1fr); }
}
`;
