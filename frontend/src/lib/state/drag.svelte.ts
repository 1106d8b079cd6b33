import { takesText } from './keys';

/**
 * What is dragged over the window from outside. Go takes the files; here the web view is kept from opening them, or an
 * address, in place of the page.
 */
class Drag {
  /** Something that could be dropped is held over the window. */
  over = $state(false);

  /** Follows it from now on; returns the function that stops. */
  start(): () => void {
    // The element that was entered last: it is entered before the one around it is left.
    let inside: EventTarget | null = null;
    const enter = (event: DragEvent) => {
      inside = event.target;
      this.over = !isText(event);
      keep(event);
    };
    const leave = (event: DragEvent) => {
      if (event.target === inside) this.over = false;
    };
    const drop = (event: DragEvent) => {
      this.over = false;
      keep(event);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', keep);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', keep);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }
}

/** Words that are dragged into a field, which takes them itself. */
function isText(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  return takesText(event.target) && !types.some((type) => type === 'Files' || type === 'text/uri-list');
}

/** Leaves it to us what becomes of it. WebKit asks on entering an element, on moving over it, and on letting go. */
function keep(event: DragEvent): void {
  if (!isText(event)) event.preventDefault();
}

export const drag = new Drag();
