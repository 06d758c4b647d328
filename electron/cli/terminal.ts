import { describeReason } from '../../shared/words/describe-reason.ts';
import * as m from '../../shared/words/generated/messages.js';
import { ExitCode } from './exit-code.ts';
import { readHidden, readLine } from './secret-input.ts';
import { jsonText, lineOf, type Text } from './terminal-text.ts';

/** Where a command writes, and whether a person is there to be asked. */
export interface Terminal {
  /** One line of what was asked for. */
  print(...parts: readonly Text[]): void;
  /** One line of progress, warnings and errors: they don't disturb what a script reads. */
  note(...parts: readonly Text[]): void;
  /** What was asked for, as JSON. */
  printJson(value: unknown): void;
  /** Asks a question that `y` agrees to; always no where nobody is there, and where the input ends. */
  agrees(question: string): Promise<boolean>;
  /**
   * A secret: what is typed on a terminal does not appear there, anything else is read up to its first line break.
   * `''` where nothing came, or Ctrl+C.
   */
  secret(question: string): Promise<string>;
  readonly interactive: boolean;
  /** Shows a word on a terminal while something takes longer than 300 ms. */
  during<T>(word: string, work: Promise<T>): Promise<T>;
}

/** Progress that is gone at once would only flicker. */
const SHOW_AFTER_MS = 300;

interface Stdio {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  exitCode?: number | string | null | undefined;
}

/**
 * The terminal of a process. Who reads us may have had enough (`| head`): that is no fault, and what was begun is
 * still finished. Any other failure to write what was asked for makes the process end with 1.
 */
export function processTerminal(stdio: Stdio): Terminal {
  const { stdin, stdout, stderr, env } = stdio;
  const isDumb = env['TERM'] === 'dumb';
  const colors = (env['NO_COLOR'] ?? '') === '' && !isDumb;
  const interactive = stdin.isTTY && stdout.isTTY;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    stderr.write(`error: ${m.cli_output_failed({ reason: describeReason(error.code ?? error.name) })}
`);
    stdio.exitCode = ExitCode.failed;
  });
  // Nobody is left who could be told.
  stderr.on('error', () => undefined);
  // Several may go on at once: the word is shown once, until the last has ended.
  const progress = { running: 0, shown: false };
  const write = (stream: NodeJS.WriteStream, parts: readonly Text[]): void => {
    stream.write(`${lineOf(parts, colors && stream.isTTY)}\n`);
  };
  return {
    interactive,
    print: (...parts) => write(stdout, parts),
    note: (...parts) => write(stderr, parts),
    printJson: (value) => void stdout.write(`${jsonText(value)}\n`),
    agrees: (question) => (interactive ? ask(stdio, question) : Promise.resolve(false)),
    secret: (question) =>
      stdin.isTTY ? readHidden({ stdin, stderr }, lineOf([`${question} `], false)) : readLine(stdin),
    during: async (word, work) => {
      if (!stderr.isTTY || isDumb) return work;
      progress.running += 1;
      const timer = setTimeout(() => {
        if (progress.shown) return;
        progress.shown = true;
        stderr.write(lineOf([word], false));
      }, SHOW_AFTER_MS);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
        progress.running -= 1;
        if (progress.running === 0 && progress.shown) {
          progress.shown = false;
          stderr.write('\r\u001b[K');
        }
      }
    },
  };
}

/** The end of the input (Ctrl+D) and Ctrl+C are a no: readline by itself would leave the question open for ever. */
async function ask({ stdin, stdout }: Stdio, question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: stdin, output: stdout });
  return new Promise((resolve) => {
    lines.once('close', () => {
      resolve(false);
    });
    lines.question(lineOf([`${question} [y/N] `], false), (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()));
      lines.close();
    });
  });
}
