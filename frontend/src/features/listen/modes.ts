import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Eye from '@lucide/svelte/icons/eye';
import Lock from '@lucide/svelte/icons/lock';
import LogIn from '@lucide/svelte/icons/log-in';
import MessagesSquare from '@lucide/svelte/icons/messages-square';

// How something was collected decides what may be done with it: each mode has a sign of its own wherever it stands.
const ICONS = { open: Eye, 'signed-in': LogIn, interactive: MessagesSquare, closed: Lock };

export const modeIcon = (mode: string) => (mode in ICONS ? ICONS[mode as keyof typeof ICONS] : CircleHelp);
