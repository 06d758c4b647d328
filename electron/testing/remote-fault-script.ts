import type { ServerResponse } from 'node:http';

/** What a faulty remote server does with the requests that a fault is meant for. */
export type RemoteTrouble =
  /** Nothing listens; the port is kept. */
  | { readonly kind: 'refuse' }
  /** As the real one words them; `wait` as Go writes a time. */
  | { readonly kind: 'wrong-key' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'banned'; readonly wait?: string }
  | { readonly kind: 'status'; readonly status: number }
  /** Promises more than it sends, then cuts the connection. */
  | { readonly kind: 'half' }
  /** Never answers. */
  | { readonly kind: 'silent' }
  /** To `to`, or to a second server that answers everything (`FaultyRemote.elsewhere`). */
  | { readonly kind: 'redirect'; readonly to?: string }
  /** 200, with this instead of what was asked for. */
  | { readonly kind: 'garbage'; readonly body: string }
  /** Forgets this field of every entry that is written. */
  | { readonly kind: 'drops'; readonly field: string }
  /** Does what it is told, then cuts the connection without an answer. */
  | { readonly kind: 'done-unsaid' };

/** Answers with the trouble. False where the request is to be handled, as `drops` and `done-unsaid` say. */
export function answerTrouble(trouble: RemoteTrouble, response: ServerResponse, elsewhere: string): boolean {
  switch (trouble.kind) {
    case 'wrong-key':
      return refuse(response, 401, 'invalid management key');
    case 'forbidden':
      return refuse(response, 403, 'remote management disabled');
    case 'banned':
      return refuse(response, 403, bannedMessage(trouble.wait ?? '29m58s'));
    case 'status':
      response.writeHead(trouble.status).end('<html>an error page</html>');
      return true;
    case 'half':
      response.writeHead(200, { 'content-length': '4096' });
      response.write('{"claude-api-key":[', () => response.destroy());
      return true;
    case 'redirect':
      response.writeHead(307, { location: trouble.to ?? elsewhere }).end();
      return true;
    case 'garbage':
      response.end(trouble.body);
      return true;
    case 'silent':
      return true;
    case 'refuse':
    case 'drops':
    case 'done-unsaid':
      return false;
  }
}

/** A refusal as the real server writes it. */
export function refuse(response: ServerResponse, status: number, error: string): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  return true;
}

export function bannedMessage(wait: string): string {
  return `IP banned due to too many failed attempts. Try again in ${wait}`;
}
