import { fstatSync, statSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { isatty } from 'node:tty';

/** Where words go: a terminal, a pipe, a file or nowhere. */
export interface OutputStream {
  readonly isTTY: boolean;
  /** Columns of a terminal. */
  readonly columns: number | undefined;
  /** Resolves when all of it has left the process. Rejects with the system's error. */
  write(content: string | Uint8Array): Promise<void>;
}

export interface Streams {
  out: OutputStream;
  err: OutputStream;
  /** Asks the person at the terminal; null when there is none. */
  ask?: Ask | null;
}

/** A question, and the line that answers it. */
export type Ask = (question: string) => Promise<string>;

/** The process's own streams. A reader that went away, as `head` does, is no fault. */
export const processStreams = (): Streams => ({
  out: streamOf(1, () => process.stdout),
  err: streamOf(2, () => process.stderr),
  ask: isatty(0) && isatty(2) ? askTerminal : null,
});

const streamOf = (fd: number, open: () => NodeJS.WriteStream): OutputStream =>
  isPlain(fd) ? new PlainStream(fd, open) : new NodeStream(open);

/** Whether bytes can be written as they are. On Windows Node's streams know better. */
function isPlain(fd: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    const to = fstatSync(fd);
    if (to.isCharacterDevice()) return to.rdev === statSync('/dev/null').rdev;
    return to.isFIFO() || to.isFile() || to.isSocket();
  } catch {
    return false;
  }
}

const isGone = (fault: unknown) => (fault as NodeJS.ErrnoException).code === 'EPIPE';

async function askTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}

class NodeStream implements OutputStream {
  private opened: NodeJS.WriteStream | undefined;

  constructor(private readonly open: () => NodeJS.WriteStream) {}

  private get stream(): NodeJS.WriteStream {
    // Each write tells its own fault.
    this.opened ??= this.open().on('error', () => {});
    return this.opened;
  }

  get isTTY(): boolean {
    return this.stream.isTTY === true;
  }

  get columns(): number | undefined {
    return this.stream.columns;
  }

  write(content: string | Uint8Array): Promise<void> {
    return new Promise((done, fail) => {
      this.stream.write(content, (fault) => (fault && !isGone(fault) ? fail(fault) : done()));
    });
  }
}

/** Written without Node's stream, which takes longer to load than a score card to make. */
class PlainStream implements OutputStream {
  readonly isTTY = false;
  readonly columns = undefined;
  private waiting: NodeStream | undefined;

  constructor(
    private readonly fd: number,
    private readonly open: () => NodeJS.WriteStream,
  ) {}

  async write(content: string | Uint8Array): Promise<void> {
    let rest: Uint8Array = typeof content === 'string' ? Buffer.from(content) : content;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.fd, rest));
    } catch (fault) {
      if (isGone(fault)) return;
      // A full pipe that does not wait: Node waits for it.
      if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') throw fault;
      this.waiting ??= new NodeStream(this.open);
      await this.waiting.write(rest);
    }
  }
}
