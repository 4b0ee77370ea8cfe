const EMPTY_SCRIPT = "<script></script>";

interface TrustedTypesFactory {
  defaultPolicy: unknown;
  createPolicy(
    name: string,
    rules: {
      createScriptURL(url: string): string | null;
      createHTML(markup: string): string | null;
    },
  ): unknown;
}

/**
 * Makes the one Trusted Types policy that plain strings may still pass: addresses of
 * scripts and workers of our own origin, for Turbopack's chunks and the service
 * worker, and "markup" without a single tag, which is how React sets the text of a
 * style element. (From an empty script element React makes script elements.)
 * Everything else that would turn a string into markup or code is refused by the
 * browser. Does nothing where browsers do not know Trusted Types, or a second time.
 */
export function installTrustedTypes(): void {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  if (!factory || factory.defaultPolicy) return;
  factory.createPolicy("default", {
    createScriptURL(url) {
      const { origin, protocol } = new URL(url, location.href);
      return origin === location.origin && protocol === location.protocol ? url : null;
    },
    createHTML: (markup) => (!markup.includes("<") || markup === EMPTY_SCRIPT ? markup : null),
  });
}

/**
 * Tells the schema library, which the room's interface brings along, not to try
 * whether it may make code from strings: it may not, and the attempt is a violation
 * of the policy. Must run before that library loads; this global is where it looks.
 */
export function announceNoCodeFromStrings(): void {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
}

/** Tells libraries that insert style elements which nonce to put on them; this global is where they look. */
export function announceNonce(): void {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });
}
