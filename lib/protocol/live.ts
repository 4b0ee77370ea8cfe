import { z } from "zod";
import { trackerLevelSchema } from "#lib/protocol/pages.ts";

/**
 * The control messages of a live connection: JSON text both ways. Pictures travel
 * beside them as binary messages, see `live-frame.ts`. Both ends validate; a type
 * the other end does not know is ignored, a message that does not fit its schema
 * ends the connection. `docs/live-protocol.md` gives the reasons.
 */

/** The WebSocket subprotocol. A change that older peers cannot ignore gets a new number. */
export const LIVE_SUBPROTOCOL = "qui.live.1";

/** Bytes of one text message from a client; a paste is the largest. */
export const LIVE_TEXT_BYTES_MAX = 1024 * 1024;

/** Why a live connection was ended: WebSocket close codes of the private range. */
export const LIVE_CLOSE = {
  /** A message that does not fit its schema, or a binary one nobody asked for. */
  badMessage: 4400,
  /** No valid ticket in time. */
  unauthorized: 4401,
  /** More messages than a person can cause. */
  flooded: 4429,
  /** The node is stopping; what was open can be opened again elsewhere. */
  goingAway: 4410,
} as const;

/** Chosen by the client, unique on its connection. */
const tabIdSchema = z.number().int().min(0).max(65_535);

/** CSS pixels; `dpr` is device pixels for each of them. */
export const liveViewportSchema = z.object({
  width: z.number().int().min(160).max(3840),
  height: z.number().int().min(120).max(2400),
  dpr: z.number().min(0.5).max(4),
});
export type LiveViewport = z.infer<typeof liveViewportSchema>;

export const liveDeviceSchema = z.object({
  mode: z.enum(["desktop", "mobile"]),
  dark: z.boolean(),
  reducedMotion: z.boolean(),
  /** Two or three letters, with a region at most: `de`, `pt-BR`. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/),
});
export type LiveDevice = z.infer<typeof liveDeviceSchema>;

/** The body of `POST /api/live/sessions`. */
export const createLiveSessionBodySchema = z.object({
  url: z.string().min(1).max(8192),
  viewport: liveViewportSchema,
  device: liveDeviceSchema,
  level: trackerLevelSchema.default("standard"),
  /** Nothing of this tab is kept, and it shares nothing with tabs that are not private. */
  private: z.boolean().default(false),
  /** Wants what the account's persistent profile holds, and to be kept in it. */
  profile: z.boolean().default(false),
});
export type CreateLiveSessionBody = z.infer<typeof createLiveSessionBodySchema>;

/** What `POST /api/live/sessions` answers. */
export const liveSessionSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("ready"),
    /** Opens one tab, once, within `expiresInS`. */
    ticket: z.string(),
    /** ws: or wss:, the node that holds the place. */
    socketUrl: z.string(),
    expiresInS: z.number().positive(),
  }),
  z.object({
    status: z.literal("waiting"),
    /** 1 is next. */
    place: z.number().int().positive(),
    retryAfterMs: z.number().int().positive(),
  }),
]);
export type LiveSession = z.infer<typeof liveSessionSchema>;

/** What a signed ticket says. */
export const liveTicketSchema = z.object({
  v: z.literal(1),
  /** What it opens. Tickets for anything else say so here, and open no tab. */
  purpose: z.literal("tab").optional(),
  /** Unique; a node admits each once. */
  id: z.string().min(16).max(64),
  node: z.string().min(1).max(64),
  /** Who: an account's or a guest's opaque id. Never shown to a page. */
  account: z.string().min(1).max(128),
  /** Tabs of one account with the same context share cookies; no others do. */
  context: z.string().min(1).max(128),
  url: z.string().min(1).max(8192),
  viewport: liveViewportSchema,
  device: liveDeviceSchema,
  level: trackerLevelSchema,
  profile: z.boolean(),
  rights: z.object({
    tabsMax: z.number().int().positive(),
    minutesMax: z.number().positive(),
    /** Device pixels of one tab, in millions. */
    megapixelsMax: z.number().positive(),
    uploadBytesMax: z.number().int().nonnegative(),
    downloadBytesMax: z.number().int().nonnegative(),
  }),
  /** Seconds since the epoch. */
  expiresAt: z.number().int(),
});
export type LiveTicket = z.infer<typeof liveTicketSchema>;

const modifiersSchema = z.object({
  alt: z.boolean(),
  ctrl: z.boolean(),
  meta: z.boolean(),
  shift: z.boolean(),
});
export type LiveModifiers = z.infer<typeof modifiersSchema>;

/** CSS pixels of the page's viewport. */
const pointShape = { x: z.number().min(-10_000).max(10_000), y: z.number().min(-10_000).max(10_000) };
const rectSchema = z.object({ ...pointShape, width: z.number().min(0), height: z.number().min(0) });

const mouseButtonSchema = z.enum(["none", "left", "middle", "right", "back", "forward"]);

const onTab = { tab: tabIdSchema };
const request = { ...onTab, id: z.number().int().nonnegative() };

export const liveClientMessageSchema = z.discriminatedUnion("type", [
  /** The first message of a connection, and again for each further tab. */
  z.object({
    type: z.literal("open"),
    ...onTab,
    /** May be empty beside a `resume` key. */
    ticket: z.string().max(16_384).default(""),
    /**
     * Instead of a ticket: the newest key of a tab whose connection was lost a moment ago. Works once, for
     * about a minute. Refused with `gone`: the tab is to be opened anew, by a ticket.
     */
    resume: z.string().max(64).optional(),
    /** Where a tab that was lost had been read to. */
    scroll: z.object({ x: z.number(), y: z.number() }).optional(),
    /** Picture kinds this client can draw. */
    codecs: z.array(z.enum(["jpeg", "webp", "png", "h264"])).max(8),
  }),
  z.object({ type: z.literal("close"), ...onTab }),

  z.object({
    type: z.literal("mouse"),
    ...onTab,
    kind: z.enum(["move", "down", "up"]),
    ...pointShape,
    button: mouseButtonSchema,
    /** `MouseEvent.buttons`: what is held. */
    buttons: z.number().int().min(0).max(31),
    clicks: z.number().int().min(0).max(10),
    modifiers: modifiersSchema,
  }),
  z.object({
    type: z.literal("wheel"),
    ...onTab,
    ...pointShape,
    /** CSS pixels. */
    dx: z.number().min(-20_000).max(20_000),
    dy: z.number().min(-20_000).max(20_000),
    modifiers: modifiersSchema,
  }),
  z.object({
    type: z.literal("touch"),
    ...onTab,
    kind: z.enum(["start", "move", "end", "cancel"]),
    /** All fingers still on the glass; none after the last has left. */
    points: z
      .array(
        z.object({ id: z.number().int().min(0).max(31), ...pointShape, force: z.number().min(0).max(1) }),
      )
      .max(10),
    modifiers: modifiersSchema,
  }),
  z.object({
    type: z.literal("key"),
    ...onTab,
    kind: z.enum(["down", "up"]),
    /** `KeyboardEvent.key` and `.code`. */
    key: z.string().min(1).max(32),
    code: z.string().max(32),
    location: z.number().int().min(0).max(3),
    repeat: z.boolean(),
    modifiers: modifiersSchema,
  }),
  /** Text that no key stands for: an input method's, a phone's keyboard's, a dictation's. */
  z.object({ type: z.literal("text"), ...onTab, text: z.string().max(100_000) }),
  z.object({
    type: z.literal("compose"),
    ...onTab,
    /** What is being composed; empty text ends it without a word. */
    text: z.string().max(1000),
    selectionStart: z.number().int().min(0),
    selectionEnd: z.number().int().min(0),
  }),
  /**
   * What a phone's keyboard did to the mirror of the focused field: the text from
   * `from` to `to` of its old value became `text`. UTF-16 units.
   */
  z.object({
    type: z.literal("edit"),
    ...onTab,
    from: z.number().int().min(0),
    to: z.number().int().min(0),
    text: z.string().max(100_000),
    caret: z.number().int().min(0),
  }),
  z.object({
    type: z.literal("paste"),
    ...onTab,
    text: z.string().max(500_000),
    html: z.string().max(500_000),
  }),
  /** Asks for what is selected; `cut` takes it out of the page. Answered by `clipboard`. */
  z.object({ type: z.literal("copy"), ...onTab, cut: z.boolean() }),
  /** Something dragged from the visitor's device over the page. Files come as an upload first. */
  z.object({
    type: z.literal("drop"),
    ...onTab,
    kind: z.enum(["over", "leave", "drop"]),
    ...pointShape,
    text: z.string().max(500_000),
    uploads: z.array(z.string().max(64)).max(32),
    modifiers: modifiersSchema,
  }),

  z.object({
    type: z.literal("navigate"),
    ...onTab,
    to: z.union([
      z.object({ url: z.string().min(1).max(8192) }),
      z.object({ action: z.enum(["back", "forward", "reload", "reload-hard", "stop"]) }),
    ]),
  }),
  z.object({
    type: z.literal("view"),
    ...onTab,
    viewport: liveViewportSchema,
    device: liveDeviceSchema,
    zoom: z.number().min(0.25).max(5),
    /** `hidden`: sends nothing. `aside`: in sight, small and slow. `focused`: all there is. */
    attention: z.enum(["focused", "aside", "hidden"]),
    level: trackerLevelSchema,
  }),
  /** Everything up to this frame was drawn. */
  z.object({
    type: z.literal("drawn"),
    ...onTab,
    frame: z.number().int().nonnegative(),
    /** From the first byte's arrival to the pixels. */
    drawMs: z.number().min(0).max(60_000),
  }),
  /** The decoder lost its thread: send a frame that needs no other. */
  z.object({ type: z.literal("refresh"), ...onTab }),

  /** Answers what the page asked by `ask`. Null: dismissed. */
  z.object({
    type: z.literal("answer"),
    ...request,
    answer: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("accept"), text: z.string().max(100_000).optional() }),
        z.object({ kind: z.literal("options"), indices: z.array(z.number().int().min(0)).max(10_000) }),
        z.object({ kind: z.literal("value"), value: z.string().max(1000) }),
        z.object({
          kind: z.literal("credentials"),
          username: z.string().max(1000),
          password: z.string().max(1000),
        }),
        z.object({ kind: z.literal("files"), uploads: z.array(z.string().max(64)).max(32) }),
      ])
      .nullable(),
  }),
  z.object({
    type: z.literal("find"),
    ...onTab,
    query: z.string().max(1000),
    step: z.enum(["first", "next", "previous", "clear"]),
  }),
  /** Wants something made of the page; answered by `made` with the same id. */
  z.object({
    type: z.literal("make"),
    ...request,
    /** `upload`: an address that takes one file, once. `snapshot`: the page as the reader sees it now, JSON of a `Page`. */
    what: z.enum(["pdf", "source", "snapshot", "selection", "context", "picture", "upload"]),
    /** Where, for `context` and `picture`: what lies under a right click. */
    at: z.object(pointShape).optional(),
  }),
  z.object({ type: z.literal("exit-fullscreen"), ...onTab }),
  z.object({ type: z.literal("ping"), id: z.number().int().nonnegative() }),
]);
export type LiveClientMessage = z.infer<typeof liveClientMessageSchema>;
/** One that is about a tab. */
export type LiveTabMessage = Exclude<LiveClientMessage, { type: "ping" | "open" }>;

/** Why a tab ended, or could not begin. */
export const liveEndSchema = z.enum([
  "closed",
  "crashed",
  "browser-crashed",
  "time-spent",
  "too-many-tabs",
  "node-full",
  "node-stopping",
  "ticket-refused",
  /** What was to be taken up again is no more. */
  "gone",
  /** Nobody looked at it for a long time. */
  "idle",
]);
export type LiveEnd = z.infer<typeof liveEndSchema>;

/** What the page asks a person, which no frame can show. */
const questionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("dialog"),
    dialog: z.enum(["alert", "confirm", "prompt", "beforeunload"]),
    origin: z.string(),
    message: z.string(),
    value: z.string(),
  }),
  z.object({
    kind: z.literal("select"),
    rect: rectSchema,
    multiple: z.boolean(),
    options: z.array(
      z.object({
        label: z.string(),
        group: z.string().nullable(),
        disabled: z.boolean(),
        selected: z.boolean(),
      }),
    ),
  }),
  z.object({
    kind: z.literal("picker"),
    rect: rectSchema,
    input: z.enum(["date", "time", "datetime-local", "month", "week", "color"]),
    value: z.string(),
    min: z.string(),
    max: z.string(),
    step: z.string(),
  }),
  z.object({
    kind: z.literal("files"),
    multiple: z.boolean(),
    /** As in the `accept` attribute. */
    accept: z.string(),
    bytesMax: z.number(),
  }),
  z.object({ kind: z.literal("credentials"), origin: z.string(), realm: z.string(), wrong: z.boolean() }),
  z.object({ kind: z.literal("permission"), origin: z.string(), permission: z.string() }),
]);

/** The text field that has the remote focus; null when none has. */
const focusedFieldSchema = z.object({
  rect: rectSchema,
  /** `textarea`, `contenteditable`, or an input's type. */
  field: z.string().max(32),
  inputMode: z.string().max(32),
  enterKeyHint: z.string().max(32),
  autocapitalize: z.string().max(32),
  autocomplete: z.string().max(64),
  spellcheck: z.boolean(),
  multiline: z.boolean(),
  /** Empty for passwords, whose length alone is told. */
  value: z.string(),
  length: z.number().int().nonnegative(),
  selectionStart: z.number().int().nonnegative(),
  selectionEnd: z.number().int().nonnegative(),
});

export const livePageStateSchema = z.object({
  url: z.string(),
  title: z.string(),
  /** A data: address of at most 64 KiB, or empty. */
  icon: z.string(),
  loading: z.boolean(),
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  canGoBack: z.boolean(),
  canGoForward: z.boolean(),
  /** Where the tab stands in its own history, which says whether an address was gone to or put in place of another. */
  history: z.object({ index: z.number().int().nonnegative(), length: z.number().int().nonnegative() }),
  scroll: z.object({ x: z.number(), y: z.number() }),
  fullscreen: z.boolean(),
  security: z.object({
    state: z.enum(["secure", "insecure", "broken", "none"]),
    /** Of the certificate; empty without one. */
    issuer: z.string(),
    subject: z.string(),
    validTo: z.string(),
    protocol: z.string(),
  }),
});
export type LivePageState = z.infer<typeof livePageStateSchema>;

export const liveServerMessageSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("opened"),
    ...onTab,
    sandboxed: z.boolean(),
    /** A secret that takes this tab up again after its connection was lost; replaces the one before. */
    resume: z.string().max(64).optional(),
    /** It was taken up again: the page stands as it was, and its whole state follows. */
    resumed: z.boolean().optional(),
  }),
  /** The node is full: the tab opens by itself once it is its turn. Sent again when the place changes. */
  z.object({
    type: z.literal("waiting"),
    ...onTab,
    /** 1 is next. */
    place: z.number().int().positive(),
  }),
  /** Only what changed since the last one; the first has all. */
  z.object({ type: z.literal("state"), ...onTab, state: livePageStateSchema.partial() }),
  z.object({ type: z.literal("ended"), ...onTab, why: liveEndSchema }),
  /** Loading failed; `error` is Chromium's, such as `ERR_NAME_NOT_RESOLVED`, or the guard's own code. */
  z.object({ type: z.literal("load-failed"), ...onTab, url: z.string(), error: z.string() }),
  /**
   * What became of the wish for a profile. `fresh`: nothing was kept before. `unreadable`: what was
   * kept could not be read, is set aside, and a fresh one begins. `off`: this node keeps none.
   */
  z.object({
    type: z.literal("profile"),
    ...onTab,
    state: z.enum(["restored", "fresh", "unreadable", "off"]),
  }),
  /** A CSS cursor keyword. */
  z.object({ type: z.literal("cursor"), ...onTab, cursor: z.string().max(32) }),
  z.object({ type: z.literal("field"), ...onTab, field: focusedFieldSchema.nullable() }),
  z.object({ type: z.literal("ask"), ...request, question: questionSchema }),
  /** A question nobody needs to answer any more. */
  z.object({ type: z.literal("asked"), ...request }),
  /** The page wants a window of its own. */
  z.object({
    type: z.literal("popup"),
    ...onTab,
    url: z.string(),
    /** Opens it with the opener's reach; null for a plain address. */
    ticket: z.string().nullable(),
    disposition: z.enum(["tab", "background-tab", "window"]),
    /** Nobody had pressed anything: it was closed again. */
    blocked: z.boolean().optional(),
  }),
  z.object({
    type: z.literal("download"),
    ...onTab,
    id: z.string().max(64),
    name: z.string(),
    state: z.enum(["running", "ready", "failed", "refused"]),
    receivedBytes: z.number().nonnegative(),
    totalBytes: z.number().nonnegative(),
    /** Where to fetch it, once, from the node; empty until it is ready. */
    path: z.string(),
    detail: z.string(),
  }),
  z.object({ type: z.literal("clipboard"), ...onTab, text: z.string(), html: z.string() }),
  z.object({
    type: z.literal("found"),
    ...onTab,
    count: z.number().int().nonnegative(),
    /** 1 is the first; 0 when there is none. */
    active: z.number().int().nonnegative(),
  }),
  z.object({
    type: z.literal("made"),
    ...request,
    /** Null: it could not be made. `path`: fetched from the node, once. */
    result: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("file"), path: z.string(), name: z.string() }),
        z.object({ kind: z.literal("text"), text: z.string() }),
        z.object({
          kind: z.literal("context"),
          linkUrl: z.string(),
          imageUrl: z.string(),
          selection: z.string(),
          editable: z.boolean(),
          /** The page answered the press with something of its own. */
          taken: z.boolean().optional(),
        }),
      ])
      .nullable(),
  }),
  z.object({
    type: z.literal("trackers"),
    ...onTab,
    count: z.number().int().nonnegative(),
    entities: z.array(
      z.object({ name: z.string(), category: z.string(), count: z.number().int().positive() }),
    ),
    strippedParameters: z.number().int().nonnegative(),
  }),
  z.object({ type: z.literal("pong"), id: z.number().int().nonnegative() }),
]);
export type LiveServerMessage = z.infer<typeof liveServerMessageSchema>;
/** One that is about a tab, before the tab is named. */
export type LiveTabEvent = DistributiveOmit<Exclude<LiveServerMessage, { type: "pong" }>, "tab">;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
