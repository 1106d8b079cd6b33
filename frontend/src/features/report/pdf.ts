import type { PDFDocumentProxy, PDFPageProxy, PDFWorker } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

// PDF.js, loaded when the first document is shown. The web view of Linux shows no PDF by itself.

/** A page's width and height in points. */
export interface Size {
  width: number;
  height: number;
}

/** Work that can be stopped; done rejects when it was. */
export interface Drawing {
  done: Promise<void>;
  cancel(): void;
}

export interface Pdf {
  readonly sizes: readonly Size[];
  /** Draws a page (from 1) on a canvas at a scale (canvas pixels per point). */
  draw(page: number, canvas: HTMLCanvasElement, scale: number): Drawing;
  /** Lays the words of a page over its picture, at a scale (CSS pixels per point). */
  layText(page: number, container: HTMLElement, scale: number): Drawing;
  close(): void;
}

type Library = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loading: Promise<{ library: Library; worker: PDFWorker }> | undefined;

/** The worker is made here: PDF.js itself would wrap its address in a blob, which the policy forbids. */
function load() {
  loading ??= import('pdfjs-dist/legacy/build/pdf.mjs').then((library) => ({
    library,
    worker: library.PDFWorker.create({ port: new Worker(workerUrl, { type: 'module' }) }),
  }));
  return loading;
}

/** Reads a document. Nothing is fetched: no font, no character map, and no code of the document runs. */
export async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  const { library, worker } = await load();
  const document = await library.getDocument({
    // The worker takes the buffer away from the page, which shows it again later.
    data: bytes.slice(),
    worker,
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    verbosity: library.VerbosityLevel.ERRORS,
  }).promise;
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, (_, i) => document.getPage(i + 1)),
  );
  return shown(library, document, pages);
}

function shown(library: Library, document: PDFDocumentProxy, pages: PDFPageProxy[]): Pdf {
  const at = (page: number): PDFPageProxy => {
    const found = pages[page - 1];
    if (!found) throw new RangeError(`no page ${page}`);
    return found;
  };
  return {
    sizes: pages.map((page) => {
      const { width, height } = page.getViewport({ scale: 1 });
      return { width, height };
    }),
    draw(page, canvas, scale) {
      const viewport = at(page).getViewport({ scale });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      const task = at(page).render({ canvas, viewport });
      return { done: task.promise, cancel: () => task.cancel() };
    },
    layText(page, container, scale) {
      const viewport = at(page).getViewport({ scale });
      const layer = new library.TextLayer({
        textContentSource: at(page).streamTextContent(),
        container,
        viewport,
      });
      return { done: layer.render().then(() => undefined), cancel: () => layer.cancel() };
    },
    close: () => void document.destroy(),
  };
}
