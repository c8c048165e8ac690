import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/index.js';
import { catalogueData, cchc, LEAGUE_2023, must, NHU_XUAN, withFiles } from '../support.js';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;
let catalogue: Catalogue;
let html: { vi: string; en: string };
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
    timeout: 300_000,
  });
  catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
  const make = async (lang: string) =>
    withFiles({}, async (folder) => {
      const made = await cchc([
        'report',
        NHU_XUAN,
        '--league',
        LEAGUE_2023,
        '--lang',
        lang,
        '--output',
        `${folder}/r.html`,
      ]);
      expect(made.stderr).toBe('');
      return readFileSync(`${folder}/r.html`, 'utf8');
    });
  html = { vi: await make('vi'), en: await make('en') };
});
afterAll(() => browser.close());

/** Opens a page from a file, with every complaint of the console kept. */
async function open(
  text: string,
  use: (page: Page, told: string[], url: string) => Promise<void>,
  width = 1440,
) {
  await withFiles({ 'r.html': text }, async (folder) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, acceptDownloads: true });
    const told: string[] = [];
    page.setDefaultTimeout(300_000);
    page.on('console', (m) => told.push(m.text()));
    page.on('pageerror', (e) => told.push(String(e)));
    page.on('request', (r) => {
      if (!/^(file|blob|data):/.test(r.url())) told.push(`asked ${r.url()}`);
    });
    const url = `file://${folder}/r.html`;
    await page.goto(url);
    await use(page, told, url);
    expect(told).toEqual([]);
    await page.close();
  });
}

/** The lines of each page that is printed. */
async function printed(page: Page): Promise<string[][]> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  return text
    .split('\f')
    .map((one) =>
      one
        .split('\n')
        .map((line) => line.normalize('NFC').trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0);
}

const figures = (page: Page) =>
  page.$$eval('[data-figure]', (all) =>
    Object.fromEntries(all.map((e) => [(e as HTMLElement).dataset.figure, e.textContent])),
  );

/** Settings as the page's address holds them, and as `--set` takes them. */
const settings = (): fc.Arbitrary<{ id: string; page: string; set: string }[]> =>
  fc
    .subarray(
      catalogue.criteria.map((c) => c.id),
      { minLength: 1, maxLength: 6 },
    )
    .chain((ids) =>
      fc.tuple(
        ...ids.map((id) => {
          const input = catalogue.criteria.find((c) => c.id === id)!.compiled.inputs[0]!;
          if (input.form === 'table') {
            return fc
              .constantFrom(...input.levels.map((l) => l.level.vi))
              .map((v) => ({ id, page: v, set: `${id}=${v}` }));
          }
          if (input.quantity === 'count')
            return fc.nat(6).map((n) => ({ id, page: String(n), set: `${id}=${n}` }));
          return fc.nat(1000).map((n) => ({ id, page: String(n / 10), set: `${id}=${n / 10}%` }));
        }),
      ),
    );

describe('the page', () => {
  it("gives the command line's numbers for random settings, by its address", async () => {
    await open(html.en, async (page, _told, url) => {
      const cases = fc.sample(settings(), { numRuns: 25, seed: 5 });
      for (const one of cases) {
        const fragment = one
          .map((s) => `${encodeURIComponent(s.id)}=${encodeURIComponent(s.page)}`)
          .join('&');
        await page.goto(`${url}#${fragment}`);
        await page.waitForFunction((f) => location.hash === `#${f}`, fragment);
        const shown = await figures(page);
        const sets = one.flatMap((s) => ['--set', s.set]);
        const ran = await cchc(['whatif', NHU_XUAN, '--league', LEAGUE_2023, ...sets, '--format', 'json']);
        const { result } = JSON.parse(ran.stdout).scenarios[0];
        expect(Number(shown.score)).toBe(result.total.score);
        expect(Number(shown.index!.replace('%', ''))).toBeCloseTo(result.total.index, 4);
        expect(Number(shown.mean)).toBeCloseTo(result.rank.mean, 2);
        expect(shown.rank).toMatch(new RegExp(`^${result.rank.best}\\b`));
      }
    });
  });

  it('a unit of another catalogue brings its name, on the page and at its top', async () => {
    const files = {
      'a.yaml': readFileSync(NHU_XUAN, 'utf8'),
      'b.yaml': 'unit: U\nyear: 2024\ncatalogue: departments-example\nindicators: {"7.1": 35%}\n',
    };
    const text = await withFiles(files, async (folder) => {
      const args = ['report', `${folder}/a.yaml`, `${folder}/b.yaml`, '--lang', 'en'];
      await cchc([...args, '--output', `${folder}/r.html`]);
      return readFileSync(`${folder}/r.html`, 'utf8');
    });
    await open(text, async (page) => {
      expect(await page.textContent('#catalogue')).toBe('District PAR index, Thanh Hóa province, 2022');
      await page.selectOption('#unit', '1');
      expect(await page.textContent('#catalogue')).toBe('PAR criteria for departments (an example)');
      expect(await page.title()).toMatch(/ · U · 2024$/);
    });
  });

  it('sliders, numbers, levels and explanations move the score; undo brings it back', async () => {
    await open(html.vi, async (page) => {
      const box = (id: string) => page.locator(`[data-id="${id}"]`);
      await box('7.3.2').locator('input[type=number]').fill('85');
      expect((await figures(page)).score).toBe('88,4145');
      await box('7.6.1').locator('select').selectOption('Tốt');
      expect((await figures(page)).score).toBe('88,9145');
      await box('4.1.3').locator('input[type=checkbox]').check();
      expect((await figures(page)).score).toBe('89,9145');
      await box('1.5').locator('input[type=range]').focus();
      await page.keyboard.press('End');
      expect((await figures(page)).score).toBe('90,9145');
      expect(decodeURIComponent(new URL(page.url()).hash)).toContain('7.6.1=Tốt');
      await box('4.1.3').locator('button').click();
      expect((await figures(page)).score).toBe('89,9145');
      await page.locator('#reset').click();
      expect((await figures(page)).score).toBe('87,6103');
      expect(new URL(page.url()).hash).toBe('');
    });
  });

  it('a value that is not known is no 0 in its box; of several values one can be set alone', async () => {
    const values = 'paid: 50%, integrated: 40%, fee: {done: 1, total: 3}';
    const reading = `unit: Xã A\nkind: xã\nyear: 2026\ncatalogue: qd-766-2022\nindicators:\n  "4.1": {values: {${values}}}\n`;
    await withFiles({ 'r.yaml': reading }, async (folder) => {
      const made = await cchc(['report', `${folder}/r.yaml`, '--format', 'html', '--lang', 'en', '-q']);
      await open(made.stdout, async (page) => {
        const box = (id: string) => page.locator(`[data-id="${id}"] input[type=number]`);
        expect(await box('1.1').inputValue()).toBe('');
        expect(await box('4.1').evaluateAll((all) => all.map((b) => (b as HTMLInputElement).value))).toEqual([
          '50',
          '40',
          '33.3333',
        ]);
        const points = page.locator('[data-outputs="4.1"]');
        // 6 × 50% + 2 × 40/80 + 2.5 × 1/3 = 4.8333, then 6 × 100% in place of 6 × 50%.
        expect(await points.innerText()).toContain('4.83/10');
        await box('4.1').first().fill('100');
        expect(await points.innerText()).toContain('7.83/10');
        // The address holds all three.
        await page.reload();
        expect(await points.innerText()).toContain('7.83/10');
      });
    });
  });

  it('saves a scenario that the command line takes, with the same score', async () => {
    await open(html.en, async (page) => {
      await page.locator('[data-id="7.3.2"] input[type=number]').fill('60.5');
      await page.locator('[data-id="3.6.1"] select').selectOption('Xin lỗi toàn bộ');
      await page.locator('[data-id="6.2.1"] input[type=checkbox]').check();
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()]);
      const text = readFileSync((await download.path())!, 'utf8');
      const shown = await figures(page);
      await withFiles({ 'scenario.yaml': text }, async (folder) => {
        const ran = await cchc([
          'whatif',
          NHU_XUAN,
          '--scenario',
          `${folder}/scenario.yaml`,
          '--format',
          'json',
        ]);
        expect(ran.stderr).toBe('');
        expect(JSON.parse(ran.stdout).scenarios[0].result.total.score).toBe(Number(shown.score));
      });
    });
  });

  it.each([360, 768, 1440])('does not overflow at %i px, light and dark', async (width) => {
    for (const text of [html.vi, html.en]) {
      await open(
        text,
        async (page) => {
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            expect(over).toBeLessThanOrEqual(0);
          }
        },
        width,
      );
    }
  });

  it('has no serious accessibility fault, light and dark', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const text of [html.vi, html.en]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        // The page's own policy would keep the checker out, so the checker runs from outside it.
        const context = await browser.newContext({ bypassCSP: true, colorScheme });
        const page = await context.newPage();
        await withFiles({ 'r.html': text }, async (folder) => {
          await page.goto(`file://${folder}/r.html`);
          await page.addScriptTag({ content: axe });
          const { violations } = await page.evaluate(() =>
            (
              globalThis as unknown as {
                axe: {
                  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
                };
              }
            ).axe.run(),
          );
          const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
          expect(bad.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
        });
        await context.close();
      }
    }
  });

  it('keeps the totals in view, and every number box shows its value whole', async () => {
    for (const width of [360, 768, 1440]) {
      await open(
        html.vi,
        async (page) => {
          await page.locator('#notes').scrollIntoViewIfNeeded();
          const card = (await page.locator('#card').boundingBox())!;
          expect(card.y).toBeGreaterThanOrEqual(0);
          expect(card.y + card.height).toBeLessThanOrEqual(900);
          // Half of the width, at least, is for what a criterion says.
          const what = (await page.locator('.what').first().boundingBox())!;
          expect(what.width).toBeGreaterThan(0.45 * Math.min(width, 1068));
          const boxes = await page.$$eval('input[type=number]', (all) =>
            (all as HTMLInputElement[]).map((box) => ({
              value: box.value,
              cut: box.scrollWidth > box.clientWidth,
            })),
          );
          expect(boxes.filter((b) => b.cut || b.value === '')).toEqual([]);
          // The letter's losses imply these: 0.1958 of 85%, 0.1745 of 75%.
          expect(boxes.map((b) => b.value)).toEqual(expect.arrayContaining(['16.643', '13.0875']));
          const sliders = await page.$$eval('input[type=range]', (all) =>
            (all as HTMLInputElement[]).map((slider) => slider.value),
          );
          expect(sliders.map(Number)).toEqual(boxes.map((b) => Math.round(Number(b.value) * 10) / 10));
        },
        width,
      );
    }
  });

  it('opens each criterion that lost points to cause, action, evidence and source', async () => {
    await open(html.vi, async (page) => {
      for (const box of await page.locator('.criterion').all()) {
        await box.locator('summary').click();
        const text = await box.locator('details').innerText();
        for (const label of [
          'Hạn chế: ',
          'Việc cần làm: ',
          'Tài liệu kiểm chứng: ',
          'Căn cứ của các con số: ',
        ])
          expect(text).toContain(label);
      }
    });
  });

  it('prints no heading as the last line of a page', async () => {
    await open(html.vi, async (page) => {
      const headings = (await page.locator('h1,h2,h3,figcaption').allInnerTexts()).map((t) =>
        t.normalize('NFC'),
      );
      const pages = await printed(page);
      expect(pages.length).toBeGreaterThan(2);
      for (const lines of pages) expect(headings).not.toContain(lines.at(-1));
      expect(pages.flat()).toContain('Ghi chú');
      expect(pages.flat().join(' ')).not.toMatch(/Lưu kịch bản|Bỏ mọi thay đổi/);
    });
  });

  it('draws its charts as wide as the paper, whatever the window', async () => {
    await open(html.vi, async (page) => {
      await page.setViewportSize({ width: 400, height: 800 });
      const widths = () =>
        page.locator('#charts svg').evaluateAll((all) => all.map((svg) => svg.getAttribute('width')));
      await expect.poll(async () => Number((await widths())[0])).toBeLessThan(400);
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      expect(new Set(await widths())).toEqual(new Set(['680']));
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
      expect(Number((await widths())[0])).toBeLessThan(400);
    });
  });

  it('prints a chart of many long names on pages, each bar whole and under its name', async () => {
    const name = 'Tỷ lệ hồ sơ được giải quyết đúng hạn trên tổng số hồ sơ đã tiếp nhận trong năm '.repeat(3);
    const { criteria, ...rest } = catalogueData({ kind: 'proportional', target: 100 }, 4, 100);
    const ids = Array.from({ length: 25 }, (_, i) => `T${i + 1}`);
    const scheme = { ...rest, criteria: ids.map((id) => ({ ...criteria[0], id, name })) };
    const indicators = Object.fromEntries(ids.map((id, i) => [id, 10 + i]));
    const reading = { unit: 'U', year: 2022, catalogue: './c.json', indicators };
    const files = { 'c.json': JSON.stringify(scheme), 'r.json': JSON.stringify(reading) };
    await withFiles(files, async (folder) => {
      await cchc(['report', `${folder}/r.json`, '--lang', 'vi', '-q', '--output', `${folder}/r.html`]);
      await open(readFileSync(`${folder}/r.html`, 'utf8'), async (page) => {
        await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
        const pictures = await page.locator('#tornado svg').evaluateAll((all) =>
          all.map((svg) => ({
            height: Number(svg.getAttribute('height')),
            bars: svg.querySelectorAll('rect').length,
          })),
        );
        // A4 less its margins is 267 mm, 1,009 pixels; the heading stands over the first.
        expect(Math.max(...pictures.map((p) => p.height))).toBeLessThan(940);
        expect(pictures.length).toBeGreaterThan(1);
        expect(pictures.reduce((sum, p) => sum + p.bars, 0)).toBe(25);
      });
    });
  });

  it('prints to A4 with the score and every criterion', async () => {
    await open(html.vi, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.controls').first().isVisible()).toBe(false);
      expect(await page.locator('[data-id="7.3.2"]').isVisible()).toBe(true);
    });
  });

  it('prints the one page on one page of A4', async () => {
    const args = [
      'report',
      NHU_XUAN,
      '--league',
      LEAGUE_2023,
      '--one-page',
      '--lang',
      'vi',
      '--format',
      'html',
    ];
    await open((await cchc(args)).stdout, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    });
  });
});
