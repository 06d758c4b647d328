import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SessionBus } from './session-bus.ts';

const PROGRAM = fileURLToPath(new URL('./tray_host.py', import.meta.url));

/** A row of a tray's menu, as a panel sees it. */
export interface MenuRow {
  readonly type: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly checked?: boolean;
  readonly rows?: readonly MenuRow[];
}

/** A tray item as it stands on the bus. */
export interface TrayItem {
  readonly Id: string;
  readonly Status: string;
  readonly IconPixmap: readonly {
    readonly width: number;
    readonly height: number;
    readonly sha256: string;
  }[];
}

/** A desktop's panel: the host in which trays stand. */
export interface Panel {
  /** The item, once one is there. */
  item(): Promise<TrayItem>;
  tooltip(): Promise<string>;
  menu(): Promise<readonly MenuRow[]>;
  /** Chooses a row; `More > Deep` names one in a submenu. */
  click(label: string): Promise<void>;
  /** A primary click on the icon itself. */
  activate(): Promise<void>;
  /** Resolves once no item is left. */
  gone(): Promise<void>;
  /** As when the panel crashes: nothing is said to anybody. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Starts `tray_host.py` on a bus; it owns the name of the watcher until it is closed. */
export async function openPanel({ address }: SessionBus): Promise<Panel> {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address };
  const host = spawn(PROGRAM, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(host, 'exit');
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('the tray host ended');
    const answer = JSON.parse(line.value) as { readonly error?: string } | null;
    if (answer?.error !== undefined) throw new Error(answer.error);
    return answer;
  };
  await next();
  let last: Promise<unknown> = Promise.resolve();
  const ask = (command: string, argument = ''): Promise<unknown> => {
    last = last
      .catch(() => undefined)
      .then(() => {
        host.stdin.write(`${command} ${argument}\n`);
        return next();
      });
    return last;
  };
  // An item that is made anew is away for a moment, and what was asked of the old one gets no reply.
  const read = async (command: string): Promise<unknown> => {
    for (let triesLeft = 10; ; triesLeft -= 1) {
      try {
        await ask('wait', '20');
        return await ask(command);
      } catch (error) {
        if (triesLeft === 0) throw error;
      }
    }
  };
  return {
    item: async () =>
      ((await read('items')) as readonly TrayItem[])[0] ?? Promise.reject(new Error('no item')),
    tooltip: async () => (await read('tooltip')) as string,
    menu: async () => (await read('menu')) as readonly MenuRow[],
    click: async (label) => {
      await ask('click', label);
    },
    activate: async () => {
      await ask('activate');
    },
    gone: async () => {
      await ask('gone', '20');
    },
    kill: async () => {
      host.kill('SIGKILL');
      await ended;
    },
    close: async () => {
      host.stdin.end();
      if (host.exitCode === null && host.signalCode === null) await ended;
    },
  };
}
