import { escapeXml as esc } from '../charts/svg.js';
import type { OnePage } from './model.js';

const STYLE = `
@page{size:A4;margin:12mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:186mm;padding:6px;color:#111;background:#fff;font:9.5pt/1.25 "Times New Roman","Liberation Serif",serif}
@media print{body{padding:0}}
h1{font-size:15pt;margin:0;text-align:center}h2{font-size:11pt;margin:8px 0 3px;break-after:avoid}p{margin:2px 0}
.subtitle{text-align:center;font-size:12pt}.verdict{border:1px solid #777;padding:5px 9px;margin:6px 0}.verdict p:first-child{font-size:13pt;font-weight:bold}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:1px 5px;text-align:left;vertical-align:top}th{background:#eee}.n{text-align:right;white-space:nowrap}
tr{break-inside:avoid}svg{display:block;width:100%;height:auto;max-height:60mm}svg+svg{max-height:32mm}.key{font-size:8.5pt;color:#444;margin-top:5px}
`;

/** The page for print: A4, without a script. */
export function onePageHtml(page: OnePage, language: string): string {
  const grids = page.grids.map(({ title, heads, rows, numbers, shares, note }) => {
    const cls = (i: number) => (numbers.includes(i) ? ' class="n"' : '');
    const head = heads.map((h, i) => `<th scope="col"${cls(i)}>${esc(h)}</th>`).join('');
    const body = rows.map((r) => `<tr>${r.map((c, i) => `<td${cls(i)}>${esc(c)}</td>`).join('')}</tr>`);
    const columns = shares.map((w) => `<col width="${w}%">`).join('');
    const under = note === '' ? '' : `\n<p><strong>${esc(note)}</strong></p>`;
    return `<h2>${esc(title)}</h2>\n<table><colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${under}`;
  });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${esc(`${page.title} · ${page.subtitle}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${esc(page.title)}</h1>
<p class="subtitle">${esc(page.subtitle)}</p>
<div class="verdict">${page.verdict.map((v) => `<p>${esc(v)}</p>`).join('')}</div>
${page.pictures.join('')}
${grids.join('\n')}
<p class="key">${esc(page.key)}</p>
</body>
</html>
`;
}
