import { describe, expect, it } from 'vitest';
import { createQuit, type QuitManner } from './quit.ts';

interface Ending {
  readonly quit: (manner: QuitManner) => Promise<void>;
  readonly done: string[];
  readonly answer: (isClosed: boolean) => void;
}

function ending(): Ending {
  const done: string[] = [];
  let answer: (isClosed: boolean) => void = () => undefined;
  const step = (name: string) => (): Promise<void> => Promise.resolve(void done.push(name));
  const quit = createQuit({
    closeWindow: () => {
      done.push('ask');
      return new Promise((resolve) => (answer = resolve));
    },
    destroyWindow: () => void done.push('window'),
    closeService: step('service'),
    letGo: step('rest'),
    exit: () => void done.push('exit'),
  });
  return { quit, done, answer: (isClosed) => answer(isClosed) };
}

const END = ['window', 'service', 'rest', 'exit'];

describe('quitting', () => {
  it('ends everything in its order once the window is closed', async () => {
    const { quit, done, answer } = ending();
    const quitting = quit('asking');
    answer(true);
    await quitting;
    expect(done).toEqual(['ask', ...END]);
  });

  it('ends nothing where a person keeps what they typed, and asks anew the next time', async () => {
    const { quit, done, answer } = ending();
    const first = quit('asking');
    answer(false);
    await first;
    expect(done).toEqual(['ask']);
    const second = quit('asking');
    answer(true);
    await second;
    expect(done).toEqual(['ask', 'ask', ...END]);
  });

  it('does it once, however often it is chosen', async () => {
    const { quit, done, answer } = ending();
    const quitting = [quit('asking'), quit('asking')];
    answer(true);
    await Promise.all([...quitting, quit('asking'), quit('at-once')]);
    await quit('asking');
    expect(done).toEqual(['ask', ...END]);
  });

  it('asks nobody on a signal, also while a person is being asked', async () => {
    const { quit, done, answer } = ending();
    const asked = quit('asking');
    await quit('at-once');
    answer(true);
    await asked;
    expect(done).toEqual(['ask', ...END]);
  });
});
