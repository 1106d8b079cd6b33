import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-mono/500.css';
import './app.css';
import './lib/ui/popup.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { provide } from '$lib/api';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// The window has Go behind it; the page alone, under `npm run dev`, has data in memory.
const { implementation } =
  import.meta.env.DEV && !('go' in window) ? await import('$lib/api/memory') : await import('$lib/api/wails');
provide(implementation());
mount(App, { target });
