/** Nothing we publish comes near; a stream that never ends its line must not fill the memory. */
const LINE_CHARS_MAX = 16 * 1024 * 1024;

/** The `data:` lines of a stream of server-sent events, each without its field name. */
export async function* readDataLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > LINE_CHARS_MAX) throw new Error("a line of the event stream is too long");
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) yield line.slice(line.startsWith("data: ") ? 6 : 5);
    }
  }
}
