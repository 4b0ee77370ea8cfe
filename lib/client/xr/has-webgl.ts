let answer: boolean | null = null;

/** Whether this browser gives a WebGL 2 context; asked once, with one that is given back at once. */
export function hasWebGl(): boolean {
  if (answer !== null) return answer;
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    answer = context !== null;
  } catch {
    // Some builds throw instead of answering null.
    answer = false;
  }
  return answer;
}
