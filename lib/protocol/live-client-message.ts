import { z } from "zod";
import { modifiersSchema, mouseButtonSchema, onRequest, onTab, pointShape } from "#lib/protocol/live.ts";
import { liveDeviceSchema, liveViewportSchema } from "#lib/protocol/live-session.ts";
import { trackerLevelSchema } from "#lib/protocol/pages.ts";

export const liveClientMessageSchema = z.discriminatedUnion("type", [
  /** The first message of a connection, and again for each further tab. */
  z.object({
    type: z.literal("open"),
    ...onTab,
    /** May be empty beside a `resume` key. */
    ticket: z.string().max(16_384).default(""),
    /**
     * Instead of a ticket: the newest key of a tab whose connection was lost a moment ago. Works once, for
     * about a minute. Refused with `gone`: the tab is to be opened anew, by a ticket. Beside a ticket: the
     * last key of a tab that ended by itself, whose page is given back what had been typed into it.
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
    /** Files, which came as an upload first. */
    uploads: z.array(z.string().max(64)).max(32).optional(),
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
  /** Whether the client plays the tab's sound. Until it says so none is sent. */
  z.object({ type: z.literal("sound"), ...onTab, on: z.boolean() }),
  /** The decoder lost its thread: send a frame that needs no other. */
  z.object({ type: z.literal("refresh"), ...onTab }),

  /** Answers what the page asked by `ask`. Null: dismissed. */
  z.object({
    type: z.literal("answer"),
    ...onRequest,
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
        /** To a permission. `once`: until the page is left. `session`: until the context ends. */
        z.object({
          kind: z.literal("allow"),
          keep: z.enum(["once", "session"]),
          /** Degrees, for `geolocation`: the place that the page is told, rounded by the node once more. */
          place: z
            .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
            .optional(),
          /** For `clipboard-read`: what the visitor had copied. */
          text: z.string().max(500_000).optional(),
        }),
        /** Not again until the context ends. */
        z.object({ kind: z.literal("deny") }),
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
    ...onRequest,
    /** `upload`: an address that takes one file, once. `snapshot`: what the page shows now as a document, JSON of a `Page`. */
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
