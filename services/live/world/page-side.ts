/**
 * Runs in the page's own world, before the page: the few functions that would reach the
 * node's clipboard or devices, open a window nobody sees, or be refused before a person
 * could say yes. Each keeps its name, its length and its native text; the script beside the page
 * decides and Chromium does the rest. Travels as text, so it uses nothing from outside.
 * What the page breaks of its own world here, it breaks for itself: nothing is believed.
 */
export function pageSide(channel: string): void {
  const TEXT_MAX = 500_000;
  /** Without a script beside the page, as in a frame that is only just there, Chromium's own answer is given. */
  const UNHEARD_MS = 3_000;
  const { apply, construct, getOwnPropertyDescriptor, defineProperty } = Reflect;
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
    around: (native: (...instead: unknown[]) => unknown, args: unknown[], self: unknown) => unknown,
  ): void {
    const descriptor = owner && getOwnPropertyDescriptor(owner, name);
    if (!owner || typeof descriptor?.value !== "function") return;
    const native = descriptor.value as Method;
    const value = new Proxy(native, {
      apply: (_, self, args) =>
        around((...instead) => apply(native, self, instead.length > 0 ? instead : args), args, self),
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

  // A clipboard is read once, by a person who says so; Chromium's own stays closed.
  async function read(method: string, self: unknown): Promise<string> {
    if (!isClipboard(self)) throw new TypeError("Illegal invocation");
    const { ok, text } = await ask({ kind: "permission", permission: "clipboard-read" });
    if (!ok) throw refusal(method, "Read");
    return text ?? "";
  }
  wrap(prototypeOf("Clipboard"), "readText", (_, __, self) => read("readText", self));
  wrap(prototypeOf("Clipboard"), "read", async (_, __, self) => [
    new ClipboardItem({ "text/plain": new Blob([await read("read", self)], { type: "text/plain" }) }),
  ]);

  // Where a person may say yes, Chromium's own function waits for that and then answers for itself.
  const query = own("Permissions")?.prototype.query as Method | undefined;
  async function answered(permission: string): Promise<void> {
    const permissions = (globalThis.navigator as Navigator | undefined)?.permissions;
    if (!query || !permissions) return;
    const { state } = (await apply(query, permissions, [{ name: permission }])) as PermissionStatus;
    if (state === "prompt") await ask({ kind: "permission", permission });
  }
  const mayLocate = ([found]: unknown[]) => typeof found === "function" && globalThis.isSecureContext;
  const ignore = () => undefined;
  wrap(prototypeOf("Geolocation"), "getCurrentPosition", (native, args) => {
    if (!mayLocate(args)) return native();
    answered("geolocation").then(() => native(), ignore);
    return undefined;
  });
  /** Chromium's number of a watch by the one the page was given; 0 until it has begun. */
  const watches: Record<number, number> = Object.create(null);
  let nextWatch = 1;
  wrap(prototypeOf("Geolocation"), "watchPosition", (native, args) => {
    if (!mayLocate(args)) return native();
    const id = nextWatch++;
    watches[id] = 0;
    answered("geolocation").then(() => {
      if (id in watches) watches[id] = native() as number;
    }, ignore);
    return id;
  });
  wrap(prototypeOf("Geolocation"), "clearWatch", (native, [id]) => {
    const real = watches[id as number];
    delete watches[id as number];
    return real === undefined ? native() : real > 0 ? native(real) : undefined;
  });

  const Notifications = own("Notification") as (Method & typeof Notification) | undefined;
  wrap(Notifications, "requestPermission", async (native) => {
    await answered("notifications");
    return native();
  });
  if (Notifications) {
    const value = new Proxy(Notifications, {
      construct(target, args, newTarget) {
        const made = construct(target, args, newTarget) as Notification;
        const { title, body } = made;
        if (target.permission === "granted") say(channel, stringify({ kind: "notify", title, body }));
        return made;
      },
    });
    for (const [owner, name] of [
      [globalThis, "Notification"],
      [Notifications.prototype, "constructor"],
    ] as const)
      defineProperty(owner, name, { ...getOwnPropertyDescriptor(owner, name), value });
  }

  // No camera, screen or device of anybody's is behind a page. The person is told that it asked.
  wrap(prototypeOf("MediaDevices"), "getUserMedia", (native, [wish]) => {
    const { video, audio } = (wish ?? {}) as MediaStreamConstraints;
    if (video) say(channel, stringify({ kind: "refused", device: "camera" }));
    if (audio) say(channel, stringify({ kind: "refused", device: "microphone" }));
    return native();
  });
  wrap(prototypeOf("MediaDevices"), "getDisplayMedia", async () => {
    say(channel, stringify({ kind: "refused", device: "screen" }));
    throw new Failure("Permission denied", "NotAllowedError");
  });
  // Chromium would wait for a choice in a window that nobody sees: nothing is chosen.
  for (const [name, method] of [
    ["USB", "requestDevice"],
    ["Serial", "requestPort"],
  ] as const)
    wrap(prototypeOf(name), method, async () => {
      const what = method === "requestPort" ? "No port selected by the user." : "No device selected.";
      throw new Failure(`Failed to execute '${method}' on '${name}': ${what}`, "NotFoundError");
    });
  wrap(prototypeOf("HID"), "requestDevice", async () => []);
  wrap(own("IdleDetector"), "requestPermission", async () => "denied");
}
