/** A file of the page: a fixed map of them, so that no path of a request ever reaches the disk. */
export interface PageFile {
  readonly type: string;
  readonly text: string;
}

/** What stands on the service's address until the window is drawn: an honest word, and where to go. */
export function startPage(signedIn: boolean): PageFile {
  const body = signedIn
    ? `<p>The service runs. The window is not part of this version yet.</p>
<p><code>cliproxy-sync status</code>, <code>sync</code>, <code>history</code> and <code>undo</code> talk to this service.</p>
<p>The contract is open to this browser: <code>POST /api/call/&lt;method&gt;</code> with JSON,
<a href="/api/state"><code>GET /api/state</code></a> for the state as it changes.</p>`
    : `<p>This page may not ask the service.</p><p>Run <code>cliproxy-sync serve --link</code> for a new link.</p>`;
  return pageOf(body);
}

/**
 * What a one-time link shows: it moves on by itself, so that the next request comes from our own page and brings
 * the `SameSite=Strict` cookie along, wherever the link was clicked.
 */
export function signedInPage(): PageFile {
  return pageOf('<p><a href="/">Go on</a></p>', '<meta http-equiv="refresh" content="0;url=/">');
}

export const PAGE_STYLE: PageFile = {
  type: 'text/css; charset=utf-8',
  text: ':root{color-scheme:light dark;font:13px/1.5 system-ui,sans-serif}body{max-width:40rem;margin:10vh auto;padding:0 1rem}h1{font-size:20px}\n',
};

function pageOf(body: string, head = ''): PageFile {
  return {
    type: 'text/html; charset=utf-8',
    text: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>CLIProxy Sync</title><link rel="stylesheet" href="/style.css">${head}</head>
<body><main><h1>CLIProxy Sync</h1>
${body}
</main></body></html>
`,
  };
}
