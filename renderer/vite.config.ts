import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The window: the same files for Electron and for browsers. */
export default defineConfig({
  plugins: [svelte()],
  // A custom protocol and a server serve it alike.
  base: './',
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy takes no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
