/** What has to come to an end, in this order. */
export interface Endings {
  /** False where a person rather keeps what they typed: then nothing ends. */
  readonly closeWindow: () => Promise<boolean>;
  readonly destroyWindow: () => void;
  /** Finishes what is being written; then lock and socket are gone. */
  readonly closeService: () => Promise<void>;
  /** Icon, clipboard, listeners. */
  readonly letGo: () => Promise<void>;
  readonly exit: () => void;
}

/** `asking`: a person quits and may keep what they typed; `at-once`: nobody is there to answer. */
export type QuitManner = 'asking' | 'at-once';

/** Ends the program cleanly, however often it is asked to. */
export function createQuit(endings: Endings): (manner: QuitManner) => Promise<void> {
  let isAsking = false;
  let ending: Promise<void> | null = null;

  async function end(): Promise<void> {
    endings.destroyWindow();
    await endings.closeService();
    await endings.letGo();
    endings.exit();
  }

  return async (manner) => {
    if (manner === 'asking' && ending === null) {
      if (isAsking) return;
      isAsking = true;
      const isClosed = await endings.closeWindow();
      isAsking = false;
      if (!isClosed) return;
    }
    ending ??= end();
    await ending;
  };
}
