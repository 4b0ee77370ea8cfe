import { z } from "zod";
import { livePermissionSchema, onRequest, onTab, rectSchema } from "#lib/protocol/live.ts";

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
  /** Chromium shows it to nobody any more, but shows it again when it is opened anew. */
  "picture-lost",
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
  z.object({ kind: z.literal("permission"), origin: z.string(), permission: livePermissionSchema }),
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
  /** Whether it makes sound, heard or not. */
  audible: z.boolean(),
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
  z.object({ type: z.literal("ask"), ...onRequest, question: questionSchema }),
  /** A question nobody needs to answer any more. */
  z.object({ type: z.literal("asked"), ...onRequest }),
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
  z.object({
    type: z.literal("clipboard"),
    ...onTab,
    text: z.string(),
    html: z.string(),
    /** Nobody asked by `copy`: a button or a shortcut of the page's own did it. */
    byPage: z.boolean().optional(),
  }),
  /** A word of the page, or about it, that no frame shows. */
  z.object({
    type: z.literal("notice"),
    ...onTab,
    origin: z.string(),
    notice: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("notification"), title: z.string().max(200), body: z.string().max(500) }),
      /** It wanted what no live page has. */
      z.object({ kind: z.literal("refused"), device: z.enum(["camera", "microphone", "screen"]) }),
    ]),
  }),
  z.object({
    type: z.literal("found"),
    ...onTab,
    count: z.number().int().nonnegative(),
    /** 1 is the first; 0 when there is none. */
    active: z.number().int().nonnegative(),
  }),
  z.object({
    type: z.literal("made"),
    ...onRequest,
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
    /** Why there is nothing, where a person can be told. */
    why: z.enum(["timed-out", "too-large"]).optional(),
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
