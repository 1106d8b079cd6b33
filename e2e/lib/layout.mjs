// What a person would call broken when looking at a screen: something wider than the window, words that end in the
// middle for no reason, a button that nobody can get at.

/** What is cut off on the page as it is, a line for each; nothing when all can be seen or scrolled to. */
export const cutOff = (page) =>
  page.evaluate(() => {
    const out = [];
    const say = (node, why) => {
      const name = node.getAttribute('aria-label') ?? node.textContent.trim().slice(0, 40);
      out.push(`${why}: ${node.localName}.${node.className?.baseVal ?? node.className} “${name}”`);
    };
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) say(root, `${root.scrollWidth - innerWidth} px wider than the window`);

    /** Whether words that end here are meant to: with an ellipsis, or after so many lines. */
    const meant = (style) => style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    const hidden = (node) => {
      const box = node.getBoundingClientRect();
      return box.width < 2 || box.height < 2 || !node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    };

    const worked = 'button, a[href], input, select, textarea, summary, [role=tab], [role=radio], [role=switch]';
    const worded = 'h1, h2, h3, p, dt, dd, th, td, label, legend, li, strong';
    for (const node of document.querySelectorAll(`:is(main, nav, aside, footer, [role=dialog]) :is(${worked}, ${worded})`)) {
      if (hidden(node) || node.closest('.sr-only, [aria-hidden=true], [role=row], canvas')) continue;
      const own = getComputedStyle(node);
      if (node.matches('button') && node.scrollWidth > node.clientWidth + 1 && !meant(own)) say(node, 'words leave their button');
      const box = node.getBoundingClientRect();
      for (let up = node.parentElement; up; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.position === 'fixed') break;
        const [x, y] = [style.overflowX, style.overflowY];
        if (x === 'visible' && y === 'visible') continue;
        if (meant(style)) break;
        const frame = up.getBoundingClientRect();
        const gone = (from, to, low, high, how) =>
          /hidden|clip/.test(how) && (from < low - 1.5 || to > high + 1.5);
        if (gone(box.left, box.right, frame.left, frame.right, x)) say(node, `cut off at a side by .${up.className}`);
        if (gone(box.top, box.bottom, frame.top, frame.bottom, y)) say(node, `cut off above or below by .${up.className}`);
        // What can be scrolled to is not cut off.
        if (/auto|scroll/.test(x + y)) break;
      }
    }
    return [...new Set(out)];
  });
