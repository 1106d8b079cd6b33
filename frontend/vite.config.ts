import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts dist/.gitkeep back after Vite empties the folder: Go embeds the folder and needs a file in it. */
const keepFolder = {
  name: 'keep-dist-folder',
  closeBundle() {
    writeFileSync(here('./dist/.gitkeep'), '');
  },
};

/** Vite's own server writes styles into the page, which the policy forbids; it never serves the product. */
const openPolicy: Plugin = {
  name: 'no-policy-while-developing',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), keepFolder, openPolicy, ...(mode === 'test' ? [svelteTesting()] : [])],
  resolve: {
    alias: {
      $lib: here('./src/lib'),
      $features: here('./src/features'),
      $wails: here('./wailsjs'),
    },
  },
  build: {
    target: ['chrome107', 'safari16.4'],
    // No file is inlined as a data URL: fonts and scripts come from 'self' under the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { host: '127.0.0.1', strictPort: true },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
  },
}));
