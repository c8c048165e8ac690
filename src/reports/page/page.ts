import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedded, packageRoot } from '../../files/paths.js';
import type { Words } from '../../text/index.js';
import { escapeXml as esc } from '../charts/svg.js';
import { reportModel, yearsOf } from '../model.js';
import { type PageData, writeData } from './data.js';
import {
  cardHtml,
  chartsHtml,
  comparisonHtml,
  criteriaHtml,
  notesHtml,
  titleOf,
  yearsHtml,
} from './render.js';

const WIDTH = 900;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The whole page in one file: laid out already, and able to score by itself. */
export function pageHtml(data: PageData, words: Words): string {
  const script = pageScript();
  const { labels } = words;
  const say = labels.report;
  const [first] = data.units;
  if (!first) throw new Error('a page without a unit');
  const { league } = data;
  const years = yearsOf(data.units)(first);
  const model = reportModel({ ...first, league, years }, words);
  const { unit, year } = first.reading;
  const policy = `default-src 'none'; style-src ${hash(PAGE_STYLE)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  const json = writeData(data).replaceAll('<', '\\u003c');
  const chooser =
    data.units.length > 1
      ? `<p id="chooser"><label>${esc(labels.columns.unit)} <select id="unit">${data.units
          .map((u, i) => `<option value="${i}">${esc(`${u.reading.unit} · ${u.reading.year}`)}</option>`)
          .join('')}</select></label></p>`
      : '';
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${esc(titleOf(first, words))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1 id="heading">${esc(`${unit} · ${year}`)}</h1>
<p id="catalogue" class="soft">${esc(words.numbers.pick(first.catalogue.name))}</p>
${chooser}
</header>
<main>
<dl id="card" aria-live="polite">${cardHtml(model, words)}</dl>
<h2 class="hint">${esc(say.tryOut)}</h2>
<p class="soft hint">${esc(say.tryOutHint)}</p>
<div class="actions"><button type="button" id="save" disabled>${esc(say.save)}</button><button type="button" id="reset" disabled>${esc(say.resetAll)}</button></div>
<div id="criteria">${criteriaHtml(model, words)}</div>
<h2>${esc(say.comparison)}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${esc(say.comparison)}"><table id="comparison">${comparisonHtml(model, words)}</table></div>
<div id="years">${yearsHtml(model, words)}</div>
<h2>${esc(say.pictures)}</h2>
<div id="charts">${chartsHtml(model, words, WIDTH, true)}</div>
<h2>${esc(say.notes)}</h2>
<div id="notes">${notesHtml(model, words)}</div>
</main>
<script type="application/json" id="data">${json}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The browser part of a page, bundled. */
function pageScript(): string {
  if (embedded.page !== null) return embedded.page;
  return readFileSync(join(packageRoot() ?? '.', 'dist', 'page.js'), 'utf8');
}

/** The page's look: light and dark, narrow and wide, screen and A4. */
const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1b1f;--soft:#5f5b66;--line:#d8d4de;--card:#f6f4f9;--bad:#b3261e;--good:#1b6e3c;--warn:#8a5300;--band:#5b6bb5;--known:#3f4a8a;--accent:#3f4a8a}
@media (prefers-color-scheme:dark){:root{--paper:#17161a;--ink:#eae7ee;--soft:#b3aebb;--line:#3a3740;--card:#221f27;--bad:#ffb4ab;--good:#8fd8a8;--warn:#ffb95c;--band:#97a5ee;--known:#b8c3ff;--accent:#b8c3ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 "Segoe UI",Roboto,"Noto Sans","DejaVu Sans",Arial,sans-serif}
header,main,footer{max-width:1100px;margin:0 auto;padding:0 16px}
h1{font-size:1.5rem;margin:20px 0 0}h2{font-size:1.2rem;margin:32px 0 8px}h3{font-size:1rem;margin:20px 0 4px}
p{margin:2px 0}.soft{color:var(--soft);font-size:.875rem}
#card{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:8px 28px;margin:12px 0;padding:10px 16px;background:var(--card);border:1px solid var(--line);border-radius:8px}
#card div{margin:0}#card dt{font-size:.8rem;color:var(--soft)}#card dd{margin:0;font-size:1.2rem;font-weight:600;font-variant-numeric:tabular-nums}#card dd.was{font-size:.8rem;font-weight:400;color:var(--soft)}
.criterion{display:grid;grid-template-columns:minmax(0,1fr) minmax(220px,320px) 210px;gap:6px 16px;padding:8px 0;border-top:1px solid var(--line);align-items:start}
.criterion.changed{background:var(--card)}
.controls{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center}.controls label{display:flex;align-items:center;gap:4px;min-width:0}
.controls input[type=range]{width:150px}.controls input[type=number]{width:112px}.controls select{max-width:100%}
input,select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:3px 8px}
button{cursor:pointer}button:disabled{opacity:.5;cursor:default}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
input[type=range],input[type=checkbox]{accent-color:var(--accent);padding:0}
.outputs{display:grid;grid-template-columns:1fr 76px 16px;gap:6px;text-align:right;font-variant-numeric:tabular-nums}.lost{color:var(--bad)}.none{color:var(--soft)}abbr{color:var(--warn);text-decoration:none}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:right;padding:6px 10px;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}th:first-child{text-align:left}#comparison td:nth-child(-n+4){white-space:nowrap}
figure{margin:24px 0}figcaption{font-weight:600;margin-bottom:6px}svg{max-width:100%;height:auto;display:block}
text{font:13px "Segoe UI",Roboto,"Noto Sans","DejaVu Sans",Arial,sans-serif;fill:var(--ink)}text.soft{fill:var(--soft)}text.bad{fill:var(--bad)}text.good{fill:var(--good)}
rect.bad{fill:var(--bad)}rect.good{fill:var(--good)}rect.dim{fill:var(--soft)}rect.warn{fill:var(--warn)}.axis{stroke:var(--soft)}.grid{stroke:var(--line)}.band{fill:var(--band);opacity:.25}.known{stroke:var(--known);stroke-width:2}circle.own{fill:var(--bad)}circle.changed{fill:var(--good)}.over{paint-order:stroke;stroke:var(--paper);stroke-width:6}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}footer{margin:32px auto}
@media screen and (min-width:761px) and (max-width:1000px){.criterion{grid-template-columns:minmax(0,1fr) 300px;grid-template-rows:auto 1fr}.what{grid-row:span 2}.outputs{grid-column:2}}
@media (max-width:760px){.criterion{grid-template-columns:minmax(0,1fr)}.outputs{justify-content:start;text-align:left;grid-template-columns:auto auto auto}#card{gap:6px 18px}#card dd{font-size:1rem}}
@media print{@page{size:A4;margin:15mm}:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--card:#fff;--bad:#8c1d18;--good:#14532d}body{font-size:10pt;line-height:1.35}header,main{padding:0}.soft{font-size:8.5pt}h2{margin:14px 0 4px}th,td{padding:3px 8px}h3{margin:12px 0 2px}#card{position:static}.controls,.actions,#chooser,.hint,details:not([open]),summary{display:none}.criterion{grid-template-columns:minmax(0,1fr) 170px;gap:2px 12px;padding:4px 0;break-inside:avoid}.outputs{justify-content:stretch;text-align:right;grid-template-columns:1fr 66px 14px}figure,.long svg{margin:8px 0;break-inside:avoid}figure.long{break-inside:auto}h2,h3,figcaption{break-after:avoid}h2+p{break-after:avoid}tr{break-inside:avoid}}
`;
