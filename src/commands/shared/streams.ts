import { fstatSync, writeSync } from 'node:fs';
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
  isFile(fd) ? new FileStream(fd) : new NodeStream(open);

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

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
      const ended = (fault?: NodeJS.ErrnoException | null) =>
        fault && fault.code !== 'EPIPE' ? fail(fault) : done();
      this.stream.write(content, ended);
    });
  }
}

/** A file that a shell writes to. Node's stream takes what a full disk still took of it for all. */
class FileStream implements OutputStream {
  readonly isTTY = false;
  readonly columns = undefined;

  constructor(private readonly fd: number) {}

  async write(content: string | Uint8Array): Promise<void> {
    let rest: Uint8Array = Buffer.from(content as string);
    while (rest.length > 0) rest = rest.subarray(writeSync(this.fd, rest));
  }
}
