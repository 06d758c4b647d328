import type { ElectronApplication } from '@playwright/test';

/** A box of main's, as it was asked for. */
export interface AskedDialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** What main's boxes were told to do, in main. */
interface Answering {
  cliproxySyncDialogs?: { button: string; readonly asked: AskedDialog[] };
}

/**
 * From now on main's boxes are not shown: each is answered by the button of this label, for nobody sits at a test.
 * Called again it only changes the answer.
 */
export async function answerDialogs(app: ElectronApplication, button: string): Promise<void> {
  await app.evaluate(({ dialog }, label) => {
    const global = globalThis as Answering;
    if (global.cliproxySyncDialogs !== undefined) {
      global.cliproxySyncDialogs.button = label;
      return;
    }
    const answering = { button: label, asked: [] as AskedDialog[] };
    global.cliproxySyncDialogs = answering;
    // The window comes first where there is one.
    const answer = (...words: readonly unknown[]): number => {
      const { message, detail = '', buttons = [] } = words.at(-1) as Electron.MessageBoxOptions;
      answering.asked.push({ message, detail, buttons });
      return buttons.indexOf(answering.button);
    };
    dialog.showMessageBoxSync = answer;
    dialog.showMessageBox = (...words: readonly unknown[]) =>
      Promise.resolve({ response: answer(...words), checkboxChecked: false });
  }, button);
}

/** Everything that was asked since `answerDialogs`, in its order. */
export function askedDialogs(app: ElectronApplication): Promise<readonly AskedDialog[]> {
  return app.evaluate(() => (globalThis as Answering).cliproxySyncDialogs?.asked ?? []);
}
