// Lets tests run an app written for current Electron on Electron 22 (Node 16):
//   electron -r ./electron22-shim.cjs PATH
// Gives the main process what it lacks there: protocol.handle, net.fetch, fetch
// and its classes, structuredClone and some newer built-ins. It leaves renderers
// (Chromium 108) as they are, and it changes nothing on a current Electron.
'use strict';

const { app, net, protocol, safeStorage, session } = require('electron');
const { readFile } = require('node:fs/promises');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Readable } = require('node:stream');
const { fileURLToPath } = require('node:url');
const v8 = require('node:v8');

// Defines what is missing.
function add(target, members) {
  for (const [name, value] of Object.entries(members)) {
    if (name in target) continue;
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
}

// Electron 22 never says that its encryption is only a pretence: without a keyring there it is none at all.
add(safeStorage, {
  getSelectedStorageBackend: () => (safeStorage.isEncryptionAvailable() ? 'gnome_libsecret' : 'basic_text'),
});

// Node 16 carries undici for its --experimental-fetch, which Electron cannot be
// given. Its source is in the binary.
function bundledUndici() {
  const source = process.binding('natives')['internal/deps/undici/undici'];
  const undici = { exports: {} };
  new Function('require', 'module', 'exports', source)(createRequire(__filename), undici, undici.exports);
  return undici.exports;
}

add(globalThis, require('node:stream/web')); // ReadableStream and its like
add(globalThis, {
  Blob: require('node:buffer').Blob,
  BroadcastChannel: require('node:worker_threads').BroadcastChannel,
  crypto: require('node:crypto').webcrypto,
  structuredClone: (value) => v8.deserialize(v8.serialize(value)),
  CustomEvent: class CustomEvent extends Event {
    constructor(type, options) {
      super(type, options);
      this.detail = options?.detail ?? null;
    }
  },
});
try {
  atob('~');
} catch (error) {
  add(globalThis, { DOMException: error.constructor });
}
if (!globalThis.fetch) {
  const { fetch, FormData, Headers, Request, Response } = bundledUndici();
  add(globalThis, { fetch, FormData, Headers, Request, Response });
}
add(Response, {
  json(data, init) {
    const response = new Response(JSON.stringify(data), init);
    if (!new Headers(init?.headers).has('content-type'))
      response.headers.set('content-type', 'application/json');
    return response;
  },
});

add(Array.prototype, {
  toReversed() {
    return [...this].reverse();
  },
  toSorted(compare) {
    return [...this].sort(compare);
  },
  toSpliced(...change) {
    const copy = [...this];
    copy.splice(...change);
    return copy;
  },
  with(index, value) {
    return Object.assign([...this], { [index < 0 ? this.length + index : index]: value });
  },
});
add(Object, {
  groupBy(source, keyOf) {
    const groups = Object.create(null);
    let index = 0;
    for (const value of source) (groups[keyOf(value, index++)] ??= []).push(value);
    return groups;
  },
});
add(Promise, {
  withResolvers() {
    const all = {};
    all.promise = new this((resolve, reject) => Object.assign(all, { resolve, reject }));
    return all;
  },
});
add(URL, {
  canParse(url, base) {
    try {
      return Boolean(new URL(url, base));
    } catch {
      return false;
    }
  },
});
add(AbortSignal, {
  any(signals) {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason);
      signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  },
});

const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

// As Electron's: also reads file: URLs, and rejects where there is no such file.
add(net, {
  async fetch(input, init) {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'file:') return fetch(input, init);
    const file = fileURLToPath(url);
    const body = await readFile(file).catch(() => {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    });
    return new Response(body, {
      headers: { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' },
    });
  },
});

const builtIn = new Set(['file', 'http', 'https']);

function toRequest({ url, method, headers, referrer, uploadData }) {
  const body =
    uploadData &&
    Readable.from(
      (async function* () {
        for (const part of uploadData) {
          if (part.file) yield await readFile(part.file);
          else if (part.blobUUID) yield await session.defaultSession.getBlobData(part.blobUUID);
          else yield part.bytes;
        }
      })(),
    );
  return new Request(url, { method, headers, body, duplex: 'half', referrer: referrer || undefined });
}

function handle(scheme, handler) {
  const register = builtIn.has(scheme) ? 'interceptStreamProtocol' : 'registerStreamProtocol';
  const done = this[register](scheme, async (given, reply) => {
    try {
      const response = await handler(toRequest(given));
      reply({
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        data: Readable.from(response.body ?? []),
      });
    } catch (error) {
      console.error(error);
      reply({ error: -2 }); // net::ERR_FAILED
    }
  });
  if (!done) throw new Error(`Failed to register protocol: ${scheme}`);
}

function unhandle(scheme) {
  const done = builtIn.has(scheme) ? this.uninterceptProtocol(scheme) : this.unregisterProtocol(scheme);
  if (!done) throw new Error(`Failed to unhandle protocol: ${scheme}`);
}

function isProtocolHandled(scheme) {
  return this.isProtocolRegistered(scheme) || this.isProtocolIntercepted(scheme);
}

const methods = { handle, unhandle, isProtocolHandled };
add(protocol, methods); // the default session's
app.on('session-created', (session) => add(Object.getPrototypeOf(session.protocol), methods));
