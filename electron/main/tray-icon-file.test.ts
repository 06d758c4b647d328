import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeIcons } from '../../build/make-icons.mjs';
import { trayIconFile, type TrayIconStyle } from './tray-icon-file.ts';
import type { TrayIconName } from './tray-row.ts';

const names: Readonly<Record<TrayIconName, true>> = {
  plain: true,
  dimmed: true,
  syncing: true,
  error: true,
  review: true,
  offline: true,
  waiting: true,
  paused: true,
};
const allNames = Object.keys(names) as TrayIconName[];
const styles: readonly TrayIconStyle[] = ['automatic', 'light', 'dark'];

const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-icons-'));

beforeAll(() => makeIcons(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sizeOf(file: string): readonly [number, number] {
  const bytes = readFileSync(join(folder, file));
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** The image laid on a panel of one colour, as RGBA. */
function onPanel(file: string, colour: string): Buffer {
  const image = readFileSync(join(folder, file)).toString('base64');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44">
    <image width="44" height="44" href="data:image/png;base64,${image}"/></svg>`;
  return new Resvg(svg, { background: colour }).render().pixels;
}

/** Relative luminance by WCAG 2. */
function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The share of an image's pixels that stand out by 3:1 from a panel of this colour. */
function legibleShare(file: string, colour: '#000000' | '#ffffff'): number {
  const pixels = onPanel(file, colour);
  const panel = colour === '#000000' ? 0 : 1;
  let legible = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const seen = luminance([...pixels.subarray(at, at + 3)]);
    const [lighter, darker] = seen > panel ? [seen, panel] : [panel, seen];
    if ((lighter + 0.05) / (darker + 0.05) >= 3) legible += 1;
  }
  return legible / (pixels.length / 4);
}

describe("the tray's images", () => {
  it.each(allNames)('are there on every system, in every style: %s', (name) => {
    for (const style of styles) {
      for (const platform of ['linux', 'win32', 'darwin'] as const) {
        expect(existsSync(join(folder, trayIconFile(name, style, platform)))).toBe(true);
      }
      expect(sizeOf(trayIconFile(name, style, 'linux'))).toEqual([44, 44]);
    }
    const template = trayIconFile(name, 'automatic', 'darwin');
    expect(sizeOf(template)).toEqual([22, 22]);
    expect(sizeOf(template.replace('.png', '@2x.png'))).toEqual([44, 44]);
  });

  it('differ in shape, not only in colour', () => {
    const templates = allNames.map((name) =>
      readFileSync(join(folder, trayIconFile(name, 'dark', 'darwin'))),
    );
    const hashes = templates.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(new Set(hashes).size).toBe(allNames.length);
  });

  it('are of alpha alone where macOS colours them', () => {
    for (const name of allNames) {
      // On black nothing of a black image is seen.
      const pixels = onPanel(trayIconFile(name, 'dark', 'darwin'), '#000000');
      expect(pixels.every((value, at) => at % 4 === 3 || value === 0)).toBe(true);
    }
  });

  it.each(allNames)(
    'stand out from black and from white panels where the colour is not known: %s',
    (name) => {
      const file = trayIconFile(name, 'automatic', 'linux');
      for (const panel of ['#000000', '#ffffff'] as const)
        expect(legibleShare(file, panel)).toBeGreaterThan(0.09);
    },
  );

  it.each(allNames)('stand out from the panels that they are for: %s', (name) => {
    expect(legibleShare(trayIconFile(name, 'light', 'linux'), '#000000')).toBeGreaterThan(0.09);
    expect(legibleShare(trayIconFile(name, 'dark', 'linux'), '#ffffff')).toBeGreaterThan(0.09);
  });

  it('hold all sizes that Windows asks for', () => {
    const ico = readFileSync(join(folder, trayIconFile('plain', 'automatic', 'win32')));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => {
      const entry = 6 + 16 * at;
      const png = ico.subarray(
        ico.readUInt32LE(entry + 12),
        ico.readUInt32LE(entry + 12) + ico.readUInt32LE(entry + 8),
      );
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.readUInt32BE(16)).toBe(ico.readUInt8(entry));
      return ico.readUInt8(entry);
    });
    expect(sizes).toEqual([16, 20, 24, 32]);
  });
});

describe("the program's icon", () => {
  it('is one image a size, and one file that holds them where the system wants that', () => {
    for (const size of [16, 32, 128, 256, 512, 1024]) {
      expect(sizeOf(join('app', `${size}x${size}.png`))).toEqual([size, size]);
    }
    const icns = readFileSync(join(folder, 'app.icns'));
    expect(icns.subarray(0, 4).toString()).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const types: string[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      types.push(icns.subarray(at, at + 4).toString());
      expect(icns.subarray(at + 9, at + 12).toString()).toBe('PNG');
    }
    expect(types).toEqual(expect.arrayContaining(['ic07', 'ic08', 'ic09', 'ic10']));
    expect(readFileSync(join(folder, 'app.ico')).readUInt16LE(4)).toBe(6);
  });
});
