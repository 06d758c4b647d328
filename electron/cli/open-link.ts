import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { replaceFile } from '../core/files/replace-file.ts';

/**
 * Opens a one-time link in the user's browser; false where none can be started. By way of a file that only the user
 * can read: other users see the arguments of a process.
 */
export async function openLink(url: string, folder: string): Promise<boolean> {
  const page = join(folder, 'open.html');
  const html = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${url}">\n`;
  const written = await replaceFile(page, html, { mode: 0o600 });
  return written.ok && start(page);
}

function start(page: string): Promise<boolean> {
  const { command, words } = openerOf(process.platform);
  return new Promise((resolve) => {
    const child = spawn(command, [...words, page], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function openerOf(platform: NodeJS.Platform): {
  readonly command: string;
  readonly words: readonly string[];
} {
  if (platform === 'darwin') return { command: 'open', words: [] };
  if (platform === 'win32') return { command: 'cmd', words: ['/c', 'start', ''] };
  return { command: 'xdg-open', words: [] };
}
