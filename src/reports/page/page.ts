import { createHash } from 'node:crypto';
import { freeze } from '../../shapes/freeze.js';
import type { Words } from '../../text/messages.js';
import { reportModel } from '../model.js';
import { yearsOf } from '../years.js';
import type { PageData } from './data.js';
import { cardHtml, chartsHtml, comparisonHtml, criteriaHtml, esc, notesHtml, yearsHtml } from './render.js';
import { PAGE_STYLE } from './style.js';

const WIDTH = 900;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The whole page in one file: laid out already, and able to score by itself. `script` is the bundled browser part. */
export function pageHtml(data: PageData, script: string, words: Words): string {
  const { labels } = words;
  const say = labels.report;
  const [first] = data.units;
  if (!first) throw new Error('a page without a unit');
  const { league, scenarios } = data;
  const years = yearsOf(data.units)(first);
  const model = reportModel({ ...first, league, scenarios, changes: new Map(), years }, words);
  const { unit, year } = first.reading;
  const policy = `default-src 'none'; style-src ${hash(PAGE_STYLE)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  const frozen = freeze(data).replaceAll('<', '\\u003c');
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
<title>${esc(`${say.title} · ${unit} · ${year}`)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1 id="heading">${esc(`${unit} · ${year}`)}</h1>
<p class="soft">${esc(words.numbers.pick(first.catalogue.name))}</p>
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
<div id="charts">${chartsHtml(model, words, WIDTH)}</div>
<h2>${esc(say.notes)}</h2>
<div id="notes">${notesHtml(model, words)}</div>
</main>
<script type="application/json" id="data">${frozen}</script>
<script>${script}</script>
</body>
</html>
`;
}
