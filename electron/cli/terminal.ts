/** Where a command writes, and whether a person is there to be asked. */
export interface Terminal {
  /** What was asked for. */
  print(text: string): void;
  /** Progress, warnings and errors: they don't disturb what a script reads. */
  note(text: string): void;
  /** Colours a text where that is wanted and can be seen. */
  paint(color: Color, text: string): string;
  /** Asks a question that `y` agrees to; always no where nobody is there. */
  agrees(question: string): Promise<boolean>;
  readonly interactive: boolean;
  /** Shows a word on a terminal while something takes longer than 300 ms. */
  during<T>(word: string, work: Promise<T>): Promise<T>;
}

export type Color = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

const CODES: Readonly<Record<Color, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Progress that is gone at once would only flicker. */
const SHOW_AFTER_MS = 300;

export function processTerminal(stdio: {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Terminal {
  const { stdin, stdout, stderr, env } = stdio;
  const colored = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const interactive = stdin.isTTY && stdout.isTTY;
  for (const stream of [stdout, stderr]) {
    // Who reads us may have had enough (`| head`): that is no fault, and what was begun is still finished.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    interactive,
    print: (text) => void stdout.write(`${harmless(text)}\n`),
    note: (text) => void stderr.write(`${harmless(text)}\n`),
    paint: (color, text) => {
      const [on, off] = CODES[color];
      return colored ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
    agrees: async (question) => {
      if (!interactive) return false;
      const { createInterface } = await import('node:readline/promises');
      const lines = createInterface({ input: stdin, output: stdout });
      const answer = await lines.question(`${question} [y/N] `);
      lines.close();
      return /^y(es)?$/i.test(answer.trim());
    },
    during: async (word, work) => {
      if (!stderr.isTTY) return work;
      const shown = setTimeout(() => stderr.write(word), SHOW_AFTER_MS);
      try {
        return await work;
      } finally {
        clearTimeout(shown);
        stderr.write('\r\u001b[K');
      }
    },
  };
}

/** File names may hold escape sequences: only line breaks and our own colours get through to the terminal. */
function harmless(text: string): string {
  return text.replace(/\u001b(?!\[\d+m)|[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, '\ufffd');
}
