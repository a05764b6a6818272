/** What the runs' pages add to the console's style sheet: charts, heat, a trajectory beside its states. */
export const RUNS_STYLE = `
.n > .interval { vertical-align: middle; }
.interval { vertical-align: middle; margin-right: .6rem; }
.interval .track { stroke: var(--line); stroke-width: 2; }
.interval .between { fill: var(--link); opacity: .35; }
.interval .dot { fill: var(--link); }
.chart { display: block; max-width: none; }
.chart .grid { stroke: var(--line); }
.chart .axis { fill: var(--dim); font-size: 12px; }
.chart .value { fill: var(--ink); font-size: 13px; font-weight: 600; }
.chart .line { fill: none; stroke: var(--link); stroke-width: 2; opacity: .4; }
.chart .dot { fill: var(--link); }
.chart .whisker { stroke: var(--link); stroke-width: 1.5; fill: none; }
.chart .room { fill: transparent; }
.chart .improved .dot { fill: var(--ok); } .chart .improved .whisker { stroke: var(--ok); }
.chart .regressed .dot { fill: var(--bad); } .chart .regressed .whisker { stroke: var(--bad); }
.chart a:focus-visible .room, .chart a:hover .room { fill: var(--hit); }
.lead { margin: 0 0 1rem; max-width: 70rem; overflow-wrap: anywhere; }
.lead b { font-size: 1.15rem; }
td.heat { text-align: right; padding: .4rem .6rem; border-left: 2px solid var(--card); }
td.heat a { color: inherit; display: block; }
th.heat { text-align: right; padding-right: .6rem; padding-left: .6rem; }
.h0 { background: color-mix(in srgb, var(--bad) 42%, transparent); }
.h1 { background: color-mix(in srgb, var(--bad) 28%, transparent); }
.h2 { background: color-mix(in srgb, var(--bad) 16%, transparent); }
.h3 { background: color-mix(in srgb, var(--warn) 16%, transparent); }
.h4 { background: color-mix(in srgb, var(--ok) 12%, transparent); }
.h5 { background: color-mix(in srgb, var(--ok) 26%, transparent); }
td.name { font-weight: 550; }
td.story { white-space: normal; min-width: 16rem; overflow-wrap: anywhere; }
.moves { list-style: none; padding: 0; margin: .75rem 0 0; }
.moves > li { border-top: 1px solid var(--line); padding: .6rem 0; }
.moves ul { margin: .25rem 0 0; padding-left: 1.25rem; }
.filter { margin-bottom: 1rem; }
.findings { list-style: none; margin: 0; }
.findings.card { padding: .25rem 1.25rem; }
.findings > li { border-top: 1px solid var(--line); padding: .55rem 0; display: grid; gap: .1rem 1rem;
  grid-template-columns: 7.5rem 1fr; overflow-wrap: anywhere; }
.findings > li:first-child { border-top: 0; }
.findings > li > .badge { align-self: start; justify-self: start; margin-top: .1rem; }
.told { list-style: none; padding: 0; margin: 0; }
.told > li { display: grid; grid-template-columns: 5.5rem minmax(0, 9fr) minmax(0, 10fr); gap: 0 1.25rem;
  border-top: 1px solid var(--line); padding: .5rem .5rem; scroll-margin-top: 1rem; }
.told > li:target { background: var(--hit); }
.told > li.step { background: var(--plain-ground); font-weight: 550; }
.told > li.pointed { box-shadow: inset 3px 0 0 var(--warn); }
.told > li.pointed.bad { box-shadow: inset 3px 0 0 var(--bad); }
.told > li.pointed.ok { box-shadow: inset 3px 0 0 var(--ok); }
.told time { color: var(--dim); font-size: 13px; font-variant-numeric: tabular-nums; }
.told .did, .told .caused { overflow-wrap: anywhere; min-width: 0; }
.told details { font-size: 13px; } .told summary { color: var(--dim); width: fit-content; max-width: 100%;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.told pre { max-height: 20rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
.told p { margin: .15rem 0 0; font-size: 13px; }
.told.head > li { border: 0; color: var(--dim); font-size: 13px; }
.change + .change { margin-top: .5rem; }
.change table { font-size: 13px; margin: .2rem 0 .1rem; }
.change th, .change td { white-space: normal; overflow-wrap: anywhere; padding: .1rem .75rem .1rem 0; border: 0; }
.change th { width: 34%; }
.change del { color: var(--bad); background: var(--bad-ground); text-decoration-thickness: 1px; }
.change ins { color: var(--ok); background: var(--ok-ground); text-decoration: none; }
@media (max-width: 40rem) { td.story { min-width: 9.5rem; } .story .says { display: none; } }
@media (max-width: 60rem) {
  .told > li { grid-template-columns: minmax(0, 1fr); }
  .told .caused:not(:empty) { border-left: 2px solid var(--line); padding-left: .75rem; margin-top: .35rem; }
  .told.head { display: none; }
  .findings > li { grid-template-columns: 1fr; }
}
`;
