let wasGiven = false;

/** Whether this browser gives a WebGL 2 context now; the one asked with is given back at once. */
export function hasWebGl(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    wasGiven ||= context !== null;
    return context !== null;
  } catch {
    // Some builds throw instead of answering null.
    return false;
  }
}

/** Whether it ever did since this page was loaded: a browser may refuse after it took contexts away. */
export function hadWebGl(): boolean {
  return wasGiven;
}
