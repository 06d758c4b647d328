/**
 * Draws the program's icons and those of the tray from the SVGs in build/icons. Use: node build/make-icons.mjs OUT
 *
 *   OUT/app/16x16.png … 1024x1024.png, app.png (512), app.ico, app.icns
 *   OUT/tray/<style>/<state>.png (44 px) and .ico, for the styles automatic, light and dark
 *   OUT/tray/template/<state>Template.png (22 px) and @2x.png, for macOS
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { icnsOf, icoOf } from './image-containers.mjs';

const SOURCES = fileURLToPath(new URL('icons', import.meta.url));

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 256];
/** Below this the arrows of the icon would be specks. In pixels. */
const SMALL_BELOW = 48;

/** Windows shows trays at 100, 125, 150 and 200 %. */
const TRAY_ICO_SIZES = [16, 20, 24, 32];
const LINUX_TRAY_SIZE = 44;
const MAC_TRAY_SIZE = 22;

const INK = '#000000';
const RED = '#d93636';
const AMBER = '#c47a00';

/**
 * How the drawings are coloured. `automatic` must be legible on every panel: a tile of its own, in colours that
 * have 3:1 and more on black and on white. `light` is for dark panels, `dark` for light ones.
 */
const STYLES = {
  automatic: { drawing: 'tile', colours: {} },
  light: { drawing: 'line', colours: { [INK]: '#ffffff', [RED]: '#ff7b72', [AMBER]: '#f2b84b' } },
  dark: { drawing: 'line', colours: { [INK]: '#24282d', [RED]: '#c42b23', [AMBER]: '#9a6000' } },
};

/** macOS looks at the alpha only, and colours the image itself. */
const TEMPLATE = { [RED]: INK, [AMBER]: INK };

/** @param {string} out the folder that is to hold the icons */
export async function makeIcons(out) {
  await Promise.all([
    makeAppIcons(out),
    ...Object.entries(STYLES).map(([style, how]) => makeTrayIcons(join(out, 'tray', style), how)),
    makeTemplates(join(out, 'tray', 'template')),
  ]);
}

async function makeAppIcons(out) {
  await mkdir(join(out, 'app'), { recursive: true });
  const large = await readFile(join(SOURCES, 'app.svg'), 'utf8');
  const small = await readFile(join(SOURCES, 'app-small.svg'), 'utf8');
  const images = APP_SIZES.map((size) => ({ size, png: pngOf(size < SMALL_BELOW ? small : large, size) }));
  for (const { size, png } of images) await writeFile(join(out, 'app', `${size}x${size}.png`), png);
  await writeFile(join(out, 'app.png'), pngOf(large, 512));
  await writeFile(join(out, 'app.ico'), icoOf(images.filter(({ size }) => ICO_SIZES.includes(size))));
  await writeFile(join(out, 'app.icns'), icnsOf(images));
}

async function makeTrayIcons(folder, { drawing, colours }) {
  await mkdir(folder, { recursive: true });
  for (const { state, svg } of await drawingsOf(drawing, colours)) {
    await writeFile(join(folder, `${state}.png`), pngOf(svg, LINUX_TRAY_SIZE));
    const images = TRAY_ICO_SIZES.map((size) => ({ size, png: pngOf(svg, size) }));
    await writeFile(join(folder, `${state}.ico`), icoOf(images));
  }
}

async function makeTemplates(folder) {
  await mkdir(folder, { recursive: true });
  for (const { state, svg } of await drawingsOf('line', TEMPLATE)) {
    await writeFile(join(folder, `${state}Template.png`), pngOf(svg, MAC_TRAY_SIZE));
    await writeFile(join(folder, `${state}Template@2x.png`), pngOf(svg, 2 * MAC_TRAY_SIZE));
  }
}

/** The drawings of a kind, in other colours. Those within a mask are no colours: they say what is cut out. */
async function drawingsOf(kind, colours) {
  const folder = join(SOURCES, 'tray', kind);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.svg')).sort();
  return Promise.all(
    files.map(async (file) => {
      const svg = await readFile(join(folder, file), 'utf8');
      const parts = svg.split(/(<mask[^]*?<\/mask>)/);
      const coloured = parts.map((part) => (part.startsWith('<mask') ? part : recoloured(part, colours)));
      return { state: file.replace('.svg', ''), svg: coloured.join('') };
    }),
  );
}

function recoloured(svg, colours) {
  return svg.replace(/#[0-9a-f]{6}/g, (colour) => colours[colour] ?? colour);
}

function pngOf(svg, size) {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeIcons(process.argv[2] ?? 'dist/icons');
