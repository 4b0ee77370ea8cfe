/**
 * Which page a print takes when several stand side by side: the one last touched,
 * whether printing was asked for inside Qui or in the browser's own menu.
 */
let latest: symbol | null = null;

export interface PrintTarget {
  /** This page is the one in use now. */
  claim(): void;
  dispose(): void;
}

export function registerPrintTarget(
  root: HTMLElement,
  { onBeforePrint, onAfterPrint }: { onBeforePrint: () => void; onAfterPrint: () => void },
): PrintTarget {
  const own = Symbol("print target");
  const abort = new AbortController();
  const options = { signal: abort.signal, passive: true };
  const claim = (): void => {
    latest = own;
  };
  claim();
  root.addEventListener("pointerdown", claim, options);
  root.addEventListener("focusin", claim, options);
  window.addEventListener(
    "beforeprint",
    () => {
      if (latest !== own) return;
      root.dataset.print = "";
      onBeforePrint();
    },
    options,
  );
  window.addEventListener(
    "afterprint",
    () => {
      if (root.dataset.print === undefined) return;
      delete root.dataset.print;
      onAfterPrint();
    },
    options,
  );
  return {
    claim,
    dispose: () => {
      abort.abort();
      if (latest === own) latest = null;
    },
  };
}
