/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

import type { Entry } from '../../reading/reading.js';
import { enLabels } from '../../text/en/labels.js';
import type { Words } from '../../text/index.js';
import { numbersIn } from '../../text/numbers.js';
import { viLabels } from '../../text/vi/labels.js';
import { type ReportModel, reportModel, yearsOf } from '../model.js';
import {
  controlOf,
  entryOf,
  fragmentOf,
  heldOf,
  NONE,
  type Setting,
  scenarioYaml,
  settingsOf,
} from './controls.js';
import { readData } from './data.js';
import {
  cardHtml,
  chartsHtml,
  comparisonHtml,
  criteriaHtml,
  notesHtml,
  outputsHtml,
  titleOf,
  yearsHtml,
} from './render.js';

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** Width of A4 within its margins, in pixels of the page. */
const PAPER = 680;

/** The page as it is used: the same scoring and ranking as the command line's, run on what the reader sets. */
class Page {
  private readonly data = readData(element('data').textContent ?? '');
  private readonly words: Words;
  private unit = 0;
  private printing = false;
  private settings = new Map<string, Setting>();
  private model!: ReportModel;

  constructor() {
    const { language } = this.data;
    const labels = language === 'vi' ? viLabels : enLabels;
    this.words = { language, numbers: numbersIn(language), labels };
  }

  start(): void {
    const chooser = element<HTMLSelectElement>('unit');
    chooser?.addEventListener('change', () => {
      this.unit = Number(chooser.value);
      this.settings = new Map();
      this.open();
    });
    const criteria = element('criteria');
    criteria.addEventListener('input', (event) => this.set(event.target as HTMLInputElement));
    criteria.addEventListener('click', (event) => {
      const id = (event.target as HTMLElement).dataset.reset;
      if (id !== undefined) this.change(id, null);
    });
    element('reset').addEventListener('click', () => {
      this.settings = new Map();
      this.show();
    });
    element('save').addEventListener('click', () => this.save());
    window.addEventListener('hashchange', () => this.read());
    window.addEventListener('beforeprint', () => this.print(true));
    window.addEventListener('afterprint', () => this.print(false));
    let drawn = 0;
    new ResizeObserver(() => {
      const width = this.width();
      if (Math.abs(width - drawn) > 8) {
        drawn = width;
        this.draw();
      }
    }).observe(element('charts'));
    this.settings = settingsOf(location.hash, this.chosen.catalogue.criteria);
    this.open();
  }

  private get chosen() {
    return this.data.units[this.unit]!;
  }

  /** Another address is another state. */
  private read(): void {
    if (location.hash.replace(/^#/, '') === fragmentOf(this.settings)) return;
    this.settings = settingsOf(location.hash, this.chosen.catalogue.criteria);
    this.show();
  }

  private set(control: HTMLInputElement): void {
    const exempt = control.dataset.exempt;
    if (exempt !== undefined) {
      this.change(exempt, control.checked ? { values: [], exempt: true } : null);
      return;
    }
    const id = control.dataset.criterion;
    if (id === undefined) return;
    const row = this.model.baseline.criteria.find((c) => c.criterion.id === id)!;
    const { inputs } = row.criterion.compiled;
    // Of several values those that are not set stay as the reading has them.
    const values = inputs.map((_, i) => this.settings.get(id)?.values[i] ?? heldOf(row, i));
    values[Number(control.dataset.input)] = control.value === '' ? null : control.value;
    const said = control.value !== '' || (inputs.length > 1 && values.some((v) => v !== null));
    this.change(id, said ? { values, exempt: false } : null, control);
  }

  private change(id: string, setting: Setting | null, from?: HTMLInputElement): void {
    if (setting) this.settings.set(id, setting);
    else this.settings.delete(id);
    this.show(from);
  }

  /** Lays out the criteria anew, then shows what they give. */
  private open(): void {
    const { reading, catalogue } = this.chosen;
    this.score();
    element('criteria').innerHTML = criteriaHtml(this.model, this.words);
    element('years').innerHTML = yearsHtml(this.model, this.words);
    element('heading').textContent = `${reading.unit} · ${reading.year}`;
    element('catalogue').textContent = this.words.numbers.pick(catalogue.name);
    document.title = titleOf(this.chosen, this.words);
    this.show();
  }

  private score(): void {
    const { reading, catalogue, scenarios } = this.chosen;
    const { league } = this.data;
    const changes = new Map<string, Entry>();
    for (const [id, setting] of this.settings) {
      const entry = entryOf(catalogue.criteria.find((c) => c.id === id)!, setting);
      if (entry) changes.set(id, entry);
    }
    const years = yearsOf(this.data.units)(this.chosen);
    this.model = reportModel({ reading, catalogue, league, scenarios, changes, years }, this.words);
  }

  private show(from?: HTMLInputElement): void {
    this.score();
    const { current } = this.model;
    element('card').innerHTML = cardHtml(this.model, this.words);
    element('comparison').innerHTML = comparisonHtml(this.model, this.words);
    element('notes').innerHTML = notesHtml(this.model, this.words);
    for (const row of current.criteria) {
      const { id } = row.criterion;
      const box = document.querySelector(`[data-id="${CSS.escape(id)}"]`)!;
      const setting = this.settings.get(id);
      box.classList.toggle('changed', setting !== undefined);
      box.querySelector('[data-outputs]')!.innerHTML = outputsHtml(
        row,
        current.catalogue.decimals,
        this.words,
      );
      const reset = box.querySelector<HTMLButtonElement>('[data-reset]');
      if (reset) reset.hidden = setting === undefined;
      this.sync(box, id, setting, from);
    }
    const fragment = fragmentOf(this.settings);
    history.replaceState(null, '', fragment === '' ? location.pathname + location.search : `#${fragment}`);
    element<HTMLButtonElement>('save').disabled = this.settings.size === 0;
    element<HTMLButtonElement>('reset').disabled = this.settings.size === 0;
    this.draw();
  }

  /** Puts the settings into the controls, except the one that is being used. */
  private sync(box: Element, id: string, setting: Setting | undefined, from?: HTMLInputElement): void {
    const row = this.model.baseline.criteria.find((c) => c.criterion.id === id)!;
    for (const control of box.querySelectorAll<HTMLInputElement>('[data-criterion]')) {
      if (control === from) continue;
      const index = Number(control.dataset.input);
      const start = controlOf(row, index);
      const value = setting?.values[index] ?? null;
      const rest = start.form === 'level' ? '' : 'slider' in control.dataset ? start.start : start.shown;
      control.value = value === null || value === NONE ? String(rest) : value;
    }
    const exempt = box.querySelector<HTMLInputElement>('[data-exempt]');
    if (exempt) exempt.checked = setting ? setting.exempt : row.status === 'exempt';
  }

  private width = () => (this.printing ? PAPER : Math.max(280, Math.min(900, element('charts').clientWidth)));

  private draw(): void {
    element('charts').innerHTML = chartsHtml(this.model, this.words, this.width(), this.printing);
  }

  /** On paper the charts are as wide as the page, whatever the window. */
  private print(printing: boolean): void {
    this.printing = printing;
    this.draw();
  }

  private save(): void {
    const { labels } = this.words;
    const { catalogue } = this.chosen;
    const text = scenarioYaml(labels.report.asChanged, this.settings, catalogue.criteria);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
    link.download = 'scenario.yaml';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}

new Page().start();
