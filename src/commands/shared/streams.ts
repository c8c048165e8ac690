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

/** The streams of the process. */
export const processStreams = (): Streams => ({
  out: isFile(1) ? fileStream(1) : nodeStream(process.stdout),
  err: isFile(2) ? fileStream(2) : nodeStream(process.stderr),
  ask: isatty(0) && isatty(2) ? askTerminal : null,
});

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** A file that a shell writes to. Node's stream takes what a full disk still took of it for all. */
const fileStream = (fd: number): OutputStream => ({
  isTTY: false,
  columns: undefined,
  async write(content) {
    let rest: Uint8Array = Buffer.from(content as string);
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  },
});

/** A terminal or a pipe. A reader that went away, as `head` does, is no fault. */
function nodeStream(stream: NodeJS.WriteStream): OutputStream {
  // Each write tells its own fault.
  stream.on('error', () => {});
  return {
    isTTY: stream.isTTY === true,
    columns: stream.columns,
    write: (content) =>
      new Promise((done, fail) => {
        const ended = (fault?: NodeJS.ErrnoException | null) =>
          fault && fault.code !== 'EPIPE' ? fail(fault) : done();
        stream.write(content, ended);
      }),
  };
}

async function askTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}
