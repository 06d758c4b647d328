import { Message, MessageFlag, MessageType, sessionBus, type MessageBus } from '@jellybrick/dbus-next';
import type { Disposable } from '../core/support/disposable.ts';

const BUS = 'org.freedesktop.DBus';
const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';

/** The signals after which a host may be there, or gone: the watcher itself comes and goes, and so do its hosts. */
const RULES = [
  `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${WATCHER}'`,
  `type='signal',interface='${WATCHER}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${WATCHER}',member='StatusNotifierHostUnregistered'`,
];

/**
 * Tells whether there is a place for a tray icon: once what is found first, then each change. Electron looks only
 * once, so on Linux a tray that was made before its host came must be made anew. Elsewhere
 * there always is one. No session bus, or one that is lost, is no host.
 */
export function watchTrayHost(onChange: (present: boolean) => void): Disposable {
  let known: boolean | null = null;
  let isDisposed = false;
  const tell = (present: boolean): void => {
    if (isDisposed || present === known) return;
    known = present;
    onChange(present);
  };
  const close = process.platform === 'linux' ? watchBus(tell) : tellAlways(tell);
  return {
    dispose: () => {
      isDisposed = true;
      close();
    },
  };
}

function tellAlways(tell: (present: boolean) => void): () => void {
  queueMicrotask(() => tell(true));
  return () => undefined;
}

/** Returns what ends the connection. */
function watchBus(tell: (present: boolean) => void): () => void {
  const bus = sessionBus();
  let isClosed = false;
  let asked = 0;
  const lost = (): void => tell(false);

  async function ask(): Promise<void> {
    asked += 1;
    const question = asked;
    const present = await isHostRegistered(bus);
    // An answer that a later question overtook is out of date.
    if (question === asked) tell(present);
  }

  async function begin(): Promise<void> {
    for (const rule of RULES) await bus.call(busCall('AddMatch', rule));
    await ask();
  }

  bus.on('message', (message: Message) => {
    if (message.type !== MessageType.SIGNAL) return;
    const isOwner = message.member === 'NameOwnerChanged' && message.body[0] === WATCHER;
    if (isOwner || message.interface === WATCHER) ask().catch(lost);
  });
  bus.once('connect', () => {
    // A connection can't be closed before it is made.
    if (isClosed) bus.disconnect();
    else begin().catch(lost);
  });
  onLoss(bus, lost);
  return () => {
    isClosed = true;
    bus.disconnect();
  };
}

/**
 * Errors and the end of the connection, neither of which the library's types know, and the latter only its inside.
 * An error without a listener is thrown where nobody can catch it: this one stays for good.
 */
function onLoss(bus: MessageBus, callback: () => void): void {
  const inside = bus as unknown as NodeJS.EventEmitter & { readonly _connection: NodeJS.EventEmitter };
  inside.on('error', callback);
  inside._connection.on('end', callback);
}

async function isHostRegistered(bus: MessageBus): Promise<boolean> {
  const property = new Message({
    destination: WATCHER,
    path: WATCHER_PATH,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: [WATCHER, 'IsStatusNotifierHostRegistered'],
    // To ask must not start a watcher that the desktop does not want.
    flags: MessageFlag.NO_AUTO_START,
  });
  try {
    const answer = await bus.call(property);
    const [variant] = (answer?.body ?? []) as readonly ({ readonly value?: unknown } | undefined)[];
    return variant?.value === true;
  } catch {
    // Nobody owns the watcher's name.
    return false;
  }
}

function busCall(member: string, argument: string): Message {
  return new Message({
    destination: BUS,
    path: '/org/freedesktop/DBus',
    interface: BUS,
    member,
    signature: 's',
    body: [argument],
  });
}
