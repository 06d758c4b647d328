import type { PageFile } from './page-files.ts';

/** What a visitor without a session gets: where a link comes from. */
export function signInPage(): PageFile {
  return pageOf(
    `<p>This page may not ask the service.</p><p>Run <code>cliproxy-sync serve --link</code> for a new link.</p>`,
  );
}

/** For a signed-in visitor where the window was not built along with the command line. */
export function windowlessPage(): PageFile {
  return pageOf(`<p>The service runs. The window is not part of this installation.</p>
<p><code>cliproxy-sync status</code>, <code>sync</code>, <code>history</code> and <code>undo</code> talk to this service.</p>`);
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
  body: ':root{color-scheme:light dark;font:13px/1.5 system-ui,sans-serif}body{max-width:40rem;margin:10vh auto;padding:0 1rem}h1{font-size:20px}\n',
  immutable: false,
};

function pageOf(body: string, head = ''): PageFile {
  return {
    type: 'text/html; charset=utf-8',
    immutable: false,
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>CLIProxy Sync</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="/favicon.svg">${head}</head>
<body><main><h1>CLIProxy Sync</h1>
${body}
</main></body></html>
`,
  };
}
