export interface DocumentPolicyOptions {
  /** Fresh for each answer, base64. */
  nonce: string;
  /** Development tools evaluate strings and insert styles of their own. */
  development?: boolean;
  /** Origins besides our own that scripts may talk to, such as a live node's. */
  connectOrigins?: readonly string[];
}

type Directives = Record<string, readonly string[]>;

/**
 * The policy of an HTML document. Only scripts that carry this answer's nonce, and
 * what those load, run; no inline handler, no `eval`. Pictures and media come from
 * our own origin only, so even a hole in rendering could not make a visitor's
 * browser talk to the site it reads. `'self'` in script-src is for browsers that
 * do not know `'strict-dynamic'`; the others ignore it. WebAssembly may be compiled:
 * the room's layout engine is that, and it can reach nothing a script cannot. See
 * docs/adr/0010 and 0090.
 */
export function documentPolicy(options: DocumentPolicyOptions): string {
  const { nonce, development = false, connectOrigins = [] } = options;
  const script = ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", "'wasm-unsafe-eval'"];
  const directives: Directives = {
    "default-src": ["'none'"],
    "script-src": development ? [...script, "'unsafe-eval'"] : script,
    "style-src-elem": ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    // React's `style` properties become attributes in server-rendered HTML. An attribute runs nothing.
    "style-src-attr": ["'unsafe-inline'"],
    // data: for icons inside stylesheets, blob: for pictures kept on the device or drawn by workers.
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "media-src": ["'self'", "blob:"],
    // data: leads nowhere: a layout engine carries its program inside its script and fetches it from there. blob: is
    // what our own scripts made: the pictures inside a controller's model are read that way.
    "connect-src": ["'self'", "data:", "blob:", ...connectOrigins],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  };
  return join(development ? directives : { ...directives, ...TRUSTED_TYPES });
}

/** Strings cannot become code: only the policies the layout and Next create may make script addresses. */
const TRUSTED_TYPES: Directives = {
  "require-trusted-types-for": ["'script'"],
  "trusted-types": ["default", "nextjs"],
};

/**
 * The policy of script files. A worker obeys its own answer's policy, not the
 * document's: it may import and fetch from our origin and nothing else.
 */
export function scriptPolicy(): string {
  return join({
    "default-src": ["'self'", "data:", "blob:"],
    "script-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
  });
}

/** The policy of data, media and files. Opened on its own, nothing in it runs or loads. */
export function resourcePolicy(): string {
  return join({
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
    sandbox: [],
  });
}

function join(directives: Directives): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}
