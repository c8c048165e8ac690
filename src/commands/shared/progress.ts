import { bar } from '../../render/plot.js';
import type { Watch } from './draws.js';

const AFTER_MS = 1000;
const EVERY_MS = 100;
const WIDTH = 30;

/** A bar on a terminal's stderr past one second. */
export class ProgressBar {
  private readonly start = performance.now();
  private shown = 0;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly quiet: boolean,
  ) {}

  progress(done: number, total: number): void {
    const now = performance.now();
    if (this.quiet || !this.stream.isTTY || now - this.start < AFTER_MS || now - this.shown < EVERY_MS)
      return;
    this.shown = now;
    const share = done / total;
    this.stream.write(`\r${bar(share, WIDTH).padEnd(WIDTH)} ${Math.floor(share * 100)}%`);
  }

  /** Clears the bar. */
  end(): void {
    if (this.shown > 0) this.stream.write(`\r${' '.repeat(WIDTH + 6)}\r`);
  }
}

/** A bar over work that can be stopped: Ctrl-C asks to stop, a second one ends the process. */
export class Progress extends ProgressBar implements Watch {
  private interrupted = false;

  constructor(stream: NodeJS.WriteStream, quiet: boolean) {
    super(stream, quiet);
    process.once('SIGINT', this.interrupt);
  }

  private readonly interrupt = () => {
    this.interrupted = true;
  };

  stopped(): boolean {
    return this.interrupted;
  }

  /** Clears the bar and lets go of Ctrl-C. */
  override end(): void {
    process.removeListener('SIGINT', this.interrupt);
    super.end();
  }
}
