/** One line of a hex view: the place of its first byte, the bytes, and what of them is printable ASCII. */
export interface HexLine {
  at: string;
  hex: string;
  text: string;
}

const WIDTH = 16;

/** Bytes as lines of sixteen, numbered from base. */
export function hexLines(bytes: Uint8Array, base = 0): HexLine[] {
  const out: HexLine[] = [];
  for (let i = 0; i < bytes.length; i += WIDTH) {
    const part = Array.from(bytes.subarray(i, i + WIDTH));
    out.push({
      at: (base + i).toString(16).padStart(8, '0'),
      hex: part.map((b) => b.toString(16).padStart(2, '0')).join(' '),
      text: part.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '·')).join(''),
    });
  }
  return out;
}

/** Bytes as text for reading; what is not UTF-8 shows as U+FFFD, and the hex view shows it as it is. */
export const asText = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
