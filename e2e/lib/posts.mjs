// Posts for the tests, in the JSON of the X API v2, one object a line.
import { writeFileSync } from 'node:fs';

/** What strangers write to get a script to run: each must be shown as the text that it is. */
export const PAYLOADS = [
  '<script>window.canary()</script>',
  '<img src=x onerror=window.canary()>',
  '<svg/onload=window.canary()>',
  '"><iframe srcdoc="<script>parent.canary()</script>">',
  '<a href="javascript:window.canary()">read</a>',
  '{@html "<b onmouseover=window.canary()>"}',
  '</style><style>@import "https://evil.example/a.css"</style>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel=dns-prefetch href=//evil.example>',
  '{{constructor.constructor("window.canary()")()}}',
  '<math><mtext><style><img src=x onerror=window.canary()></style></mtext></math>',
  '\u202Etxt.exe <b>bold</b> \u200Bhidden',
];

const TEXTS = [
  'The river is over its banks at Calder Bridge and nobody from the council has come. #CalderFlood',
  'El puente sigue cerrado y el río no baja, qué vergüenza. #CalderFlood',
  'Great work by the volunteers tonight, hot food for everyone in the sports hall. Thank you, wonderful people!',
  'Awful, horrible delays again on the bridge. I hate this. https://example.org/news?utm_source=x',
  'فيضان النهر يغلق الجسر القديم في البلدة',
  'Water level at the bridge 3.42 m, rising slowly.',
];

const START = Date.UTC(2025, 1, 3);
const HOUR = 3_600_000;

function post(i, text, name) {
  return {
    id: String(1_700_000_000_000_000_000n + BigInt(i)),
    text,
    author_id: String(900 + (i % 23)),
    created_at: new Date(START + i * HOUR).toISOString(),
    conversation_id: String(1_700_000_000_000_000_000n + BigInt(i - (i % 10))),
    lang: i % 6 === 1 ? 'es' : 'en',
    public_metrics: { retweet_count: i % 7, reply_count: i % 5, like_count: (i * 13) % 900, quote_count: 0 },
    author: {
      id: String(900 + (i % 23)),
      username: `reader_${i % 23}`,
      name,
      public_metrics: { followers_count: 100 * (i % 40) },
    },
  };
}

/** Writes n ordinary posts and the hostile ones; returns how many there are. */
export function writePosts(path, n = 240) {
  const posts = Array.from({ length: n }, (_, i) => post(i, TEXTS[i % TEXTS.length], `Reader ${i % 23}`));
  for (const payload of PAYLOADS) posts.push(post(posts.length, `payload ${payload}`, payload));
  posts.push(post(posts.length, 'zalgo ' + 'h\u0317\u0302\u0358\u0363'.repeat(400), 'Z\u0317\u0302\u0358'.repeat(90)));
  posts.push(post(posts.length, `long ${'word '.repeat(20_000)}needle`, 'L'.repeat(500)));
  writeFileSync(path, posts.map((p) => flat(p)).join(''));
  return posts.length;
}

/** One line as twarc and the API's stream write it: the post, and its author beside it. */
function flat({ author, ...data }) {
  return `${JSON.stringify({ data, includes: { users: [author] } })}\n`;
}
