/** The colours and the font that a chart takes from the page. */
export interface Look {
  dark: boolean;
  surface: string;
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  edge: string;
  hover: string;
  font: string;
}

/** The look of the page as it is now, from the variables of app.css. */
export function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    dark: document.documentElement.dataset['theme'] === 'dark',
    surface: read('--surface'),
    ink: read('--ink'),
    ink2: read('--ink-2'),
    ink3: read('--ink-3'),
    line: read('--line'),
    edge: read('--edge'),
    hover: read('--hover'),
    font: read('--sans'),
  };
}

/** What is saved looks as it does on paper, whatever the page looks like. */
export const PAPER: Look = {
  dark: false,
  surface: '#ffffff',
  ink: '#172026',
  ink2: '#414d57',
  ink3: '#5a6670',
  line: '#dbe0e4',
  edge: '#87929c',
  hover: '#e7ecee',
  font: "'IBM Plex Sans Variable', 'IBM Plex Sans', system-ui, sans-serif",
};

// The house's palette is one for paper and both themes. Two of its colours are those of paper itself: on a dark
// ground near-black cannot be seen, and the palest grey, which stands for what is not known, would shine out.
const ON_DARK: Readonly<Record<string, string>> = { '#1a1f2b': '#e7ecef', '#d9d9d9': '#66717b' };

export function onGround(color: string, look: Look): string {
  return look.dark ? (ON_DARK[color.toLowerCase()] ?? color) : color;
}

/** Black or white, whichever can be read better on a colour (WCAG relative luminance). */
export function inkOn(color: string): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (!hex) return '#000000';
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const v = parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}
