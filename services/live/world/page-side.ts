/**
 * Runs in the page's own world, before the page: the few functions that would reach the
 * node's clipboard, open a window nobody sees, or be refused before a person could say
 * yes. Each keeps its name, its length and its native text; the script beside the page
 * decides and Chromium does the rest. Travels as text, so it uses nothing from outside.
 * What the page breaks of its own world here, it breaks for itself: nothing is believed.
 */
export function pageSide(channel: string): void {
  const TEXT_MAX = 500_000;
  /** Without a script beside the page, as in a frame that is only just there, Chromium's own answer is given. */
  const UNHEARD_MS = 3_000;
  const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { parse, stringify } = JSON;
  const { dispatchEvent, addEventListener } = EventTarget.prototype;
  const [Message, Failure, later] = [CustomEvent, DOMException, setTimeout];
  const detailOf = getOwnPropertyDescriptor(CustomEvent.prototype, "detail")?.get as () => unknown;

  interface Answer {
    ok: boolean;
    text?: string;
  }
  interface Asked {
    request: string;
    heard: boolean;
    settle(answer: Answer): void;
  }
  const asked: Record<number, Asked> = Object.create(null);
  let nextId = 1;

  /** Whether it was heard. */
  const say = (type: string, detail: string, target: EventTarget = globalThis) =>
    !apply(dispatchEvent, target, [
      new Message(type, { detail, bubbles: target !== globalThis, composed: true, cancelable: true }),
    ]);

  function ask(request: object): Promise<Answer> {
    const id = nextId++;
    return new Promise((settle) => {
      const own: Asked = { request: stringify({ ...request, id }), heard: false, settle };
      asked[id] = own;
      own.heard = say(channel, own.request);
      if (!own.heard) later(() => own.heard || settle({ ok: false }), UNHEARD_MS);
    });
  }
  apply(addEventListener, globalThis, [
    `${channel}-ready`,
    () => {
      for (const id in asked) {
        const own = asked[id];
        if (own && !own.heard) own.heard = say(channel, own.request);
      }
    },
  ]);
  apply(addEventListener, globalThis, [
    `${channel}-answer`,
    (event: Event) => {
      const { id, ...answer } = parse(String(apply(detailOf, event, []))) as Answer & { id: number };
      asked[id]?.settle(answer);
      delete asked[id];
    },
  ]);

  type Method = (...args: unknown[]) => unknown;
  /** `around` gets what Chromium would do. A browser without the function stays without it. */
  function wrap(
    owner: object | undefined,
    name: string,
    around: (native: () => unknown, args: unknown[], self: unknown) => unknown,
  ): void {
    const descriptor = owner && getOwnPropertyDescriptor(owner, name);
    if (!owner || typeof descriptor?.value !== "function") return;
    const native = descriptor.value as Method;
    const value = new Proxy(native, {
      apply: (_, self, args) => around(() => apply(native, self, args), args, self),
    });
    defineProperty(owner, name, { ...descriptor, value });
  }
  const own = (name: string) => (globalThis as Record<string, unknown>)[name] as Method | undefined;
  const prototypeOf = (name: string) => own(name)?.prototype as object | undefined;

  // What a page writes goes to the visitor's own clipboard, never to the one that all tabs of a node share.
  const Clipboards = own("Clipboard");
  const isClipboard = (self: unknown) => Clipboards !== undefined && self instanceof Clipboards;
  const refusal = (method: string, what: string) =>
    new Failure(
      `Failed to execute '${method}' on 'Clipboard': ${what} permission denied.`,
      "NotAllowedError",
    );
  async function write(method: string, text: string, html: string): Promise<void> {
    const isTooMuch = text.length > TEXT_MAX || html.length > TEXT_MAX;
    const { ok } = isTooMuch || !(text || html) ? { ok: false } : await ask({ kind: "write", text, html });
    if (!ok) throw refusal(method, "Write");
  }
  wrap(prototypeOf("Clipboard"), "writeText", async (_, args, self) => {
    if (args.length === 0 || !isClipboard(self)) throw new TypeError("Illegal invocation");
    await write("writeText", `${args[0]}`, "");
  });
  wrap(prototypeOf("Clipboard"), "write", async (_, [items], self) => {
    if (!isClipboard(self)) throw new TypeError("Illegal invocation");
    const [item] = [...(items as Iterable<ClipboardItem>)];
    const read = async (type: string) =>
      item?.types.includes(type) ? (await item.getType(type)).text() : "";
    await write("write", await read("text/plain"), await read("text/html"));
  });

  // A list or picker that the page opens itself is drawn by Qui, as one that was pressed.
  for (const name of ["HTMLInputElement", "HTMLSelectElement"]) {
    const Field = own(name);
    wrap(prototypeOf(name), "showPicker", (native, _, self) => {
      const isField = Field !== undefined && self instanceof Field;
      return isField && say(`${channel}-pick`, "", self as unknown as EventTarget) ? undefined : native();
    });
  }
}
