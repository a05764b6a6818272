/** The report's style: light and dark, narrow and wide, no font or file from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6577;--paper:#fbfbfc;--card:#fff;--line:#e0e4ea;
--good:#14803c;--bad:#b3261e;--odd:#8a6100;--accent:#2756c4;--goodbg:#e6f4ea;--badbg:#fce8e6;--oddbg:#fdf3d8}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa5b8;--paper:#12161d;--card:#1a202a;
--line:#2c3442;--good:#6fcf8b;--bad:#ff8a80;--odd:#f0c050;--accent:#8fb0ff;--goodbg:#173322;--badbg:#3d1d1c;
--oddbg:#37300f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--accent)}main{max-width:1060px;margin:0 auto;padding:24px 20px 64px}h1{font-size:1.6rem;
margin:0 0 4px;line-height:1.25}
h2{font-size:1.15rem;margin:40px 0 12px}h3{font-size:1rem;margin:20px 0 8px}p{margin:8px 0}
.soft,small{color:var(--soft)}.card{background:var(--card);border:1px solid var(--line);border-radius:10px;
padding:16px 18px;margin:12px 0}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;
font-variant-numeric:tabular-nums}th,td{text-align:left;padding:8px 12px 8px 0;border-top:1px solid var(--line);
vertical-align:top}thead th{border-top:0;color:var(--soft);font-weight:600;font-size:.85rem}
td.number,th.number{text-align:right;white-space:nowrap}tr>*:last-child{padding-right:0}
.good{color:var(--good)}.bad{color:var(--bad)}.odd{color:var(--odd)}
.tag{display:inline-block;border-radius:999px;padding:1px 10px;font-size:.85rem;font-weight:600;
white-space:nowrap}
.tag.good{background:var(--goodbg)}.tag.bad{background:var(--badbg)}.tag.odd{background:var(--oddbg)}
.bar{display:inline-block;width:72px;height:8px;border-radius:4px;background:var(--badbg);overflow:hidden;
vertical-align:middle;margin-right:8px}.bar i{display:block;height:100%;background:var(--good)}
.whole{white-space:nowrap}.name{font-weight:600;overflow-wrap:break-word}td.name,td.story{min-width:11em}
.card>:first-child{margin-top:0}.card>:last-child{margin-bottom:0}ul{margin:6px 0;padding-left:20px}
details{border-top:1px solid var(--line);
padding:10px 0}details:first-of-type{border-top:0}summary{cursor:pointer;overflow-wrap:anywhere}
pre,code{font:.85rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}pre{white-space:pre-wrap;
overflow-wrap:anywhere;background:var(--paper);border:1px solid var(--line);border-radius:6px;
padding:8px 10px;margin:6px 0}
code{overflow-wrap:anywhere}.chart{width:100%;height:auto;display:block}.chart .grid{stroke:var(--line)}
.chart .axis{fill:var(--soft);font-size:13px}.chart .value{fill:var(--ink);font-size:14px;font-weight:600}
.chart .line{fill:none;stroke:var(--accent);stroke-width:2;opacity:.45}.chart .dot{fill:var(--accent)}
.chart .whisker{stroke:var(--accent);stroke-width:2}
@media (max-width:640px){main{padding:16px 14px 48px}h1{font-size:1.3rem}td,th{padding-right:8px}
.bar{width:40px}}
@media print{details{break-inside:avoid}}
`;
