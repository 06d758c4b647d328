import { describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { createKeyClipboard, type KeyClipboard } from './key-clipboard.ts';

interface TestClipboard {
  readonly keys: KeyClipboard;
  readonly clock: FakeClock;
  readonly board: { text: string };
}

function clipboard(): TestClipboard {
  const board = { text: '' };
  const clock = fakeClock();
  const keys = createKeyClipboard(
    {
      writeText: (text) => Promise.resolve(void (board.text = text)),
      readText: () => Promise.resolve(board.text),
      clear: () => void (board.text = ''),
    },
    clock,
  );
  return { keys, clock, board };
}

describe('a copied key', () => {
  it('leaves the clipboard after a minute', async () => {
    const { keys, clock, board } = clipboard();
    await keys.copy('sk-test-1');
    await clock.advance(59_999);
    expect(board.text).toBe('sk-test-1');
    await clock.advance(1);
    expect([board.text, clock.timers]).toEqual(['', 0]);
  });

  it('gets its minute again when it, or another one, is copied again', async () => {
    const { keys, clock, board } = clipboard();
    await keys.copy('sk-test-1');
    await clock.advance(40_000);
    await keys.copy('sk-test-2');
    await clock.advance(40_000);
    expect(board.text).toBe('sk-test-2');
    await clock.advance(20_000);
    expect(board.text).toBe('');
  });

  it('does not take along what was copied since', async () => {
    const { keys, clock, board } = clipboard();
    await keys.copy('sk-test-1');
    board.text = 'something else';
    await clock.advance(60_000);
    expect(board.text).toBe('something else');
  });

  it('is gone when the program ends', async () => {
    const { keys, clock, board } = clipboard();
    await keys.copy('sk-test-1');
    await keys.end();
    await keys.end();
    expect([board.text, clock.timers]).toEqual(['', 0]);
  });
});
