/** Longer than any key, and short enough for a file that was given by mistake. */
const MAX_LENGTH = 16_384;

const ENTER = /[\r\n]/;
/** Ctrl+C and Ctrl+D, which a terminal in raw mode hands over as they are. */
const CANCELED = /[\u0003\u0004]/;

/** The first line of what is piped in; `''` where it is none, or too long. */
export async function readLine(stdin: NodeJS.ReadStream): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (ENTER.test(text) || text.length > MAX_LENGTH) break;
  }
  return text.length > MAX_LENGTH ? '' : (text.split(ENTER)[0] ?? '').trim();
}

/** Asks on a terminal and shows nothing of what is typed or pasted; `''` after Ctrl+C, Ctrl+D or an empty line. */
export function readHidden(
  { stdin, stderr }: { readonly stdin: NodeJS.ReadStream; readonly stderr: NodeJS.WriteStream },
  question: string,
): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const end = (answer: string): void => {
      stdin.off('data', take);
      stdin.off('end', cancel);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      resolve(answer.trim());
    };
    const cancel = (): void => end('');
    const take = (chunk: Buffer | string): void => {
      const typed = String(chunk);
      if (CANCELED.test(typed)) {
        cancel();
        return;
      }
      for (const character of typed) {
        if (ENTER.test(character)) {
          end(text);
          return;
        }
        text = character === '\u007f' || character === '\b' ? text.slice(0, -1) : text + character;
      }
      if (text.length > MAX_LENGTH) cancel();
    };
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', take);
    stdin.once('end', cancel);
    // Not before: what is typed at once would appear, and Ctrl+C would end the process.
    stderr.write(question);
  });
}
