import { z } from "zod";
import { livePermissionSchema } from "#lib/protocol/live.ts";

/**
 * What the script in a page's isolated world says. The page cannot call it, but what
 * it reads is the page's: sizes are bounded and nothing is believed.
 */
const place = z.number().min(-1e6).max(1e6);
const rect = z.object({ x: place, y: place, width: place.min(0), height: place.min(0) });
const short = z.string().max(256);

const formShape = {
  /** Without its fragment. */
  url: z.string().max(8192),
  fields: z
    .array(
      z.object({
        key: z.string().max(300),
        /** Text as one; what is checked or selected as many as there are. */
        values: z.array(z.string().max(10_000)).max(200),
      }),
    )
    .max(200),
};
const formStateSchema = z.object(formShape);
/** What a person has put into a page's fields. */
export type FormState = z.infer<typeof formStateSchema>;

export const pageReportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cursor"), cursor: z.string().regex(/^[a-z-]{1,32}$/) }),
  z.object({
    kind: z.literal("field"),
    field: z
      .object({
        rect,
        field: z.string().max(32),
        inputMode: z.string().max(32),
        enterKeyHint: z.string().max(32),
        autocapitalize: z.string().max(32),
        autocomplete: z.string().max(64),
        spellcheck: z.boolean(),
        multiline: z.boolean(),
        value: z.string().max(20_000),
        length: z.number().int().nonnegative(),
        selectionStart: z.number().int().nonnegative(),
        selectionEnd: z.number().int().nonnegative(),
      })
      .nullable(),
  }),
  z.object({
    kind: z.literal("select"),
    id: z.number().int().nonnegative(),
    rect,
    multiple: z.boolean(),
    options: z
      .array(
        z.object({ label: short, group: short.nullable(), disabled: z.boolean(), selected: z.boolean() }),
      )
      .max(2000),
  }),
  z.object({
    kind: z.literal("picker"),
    id: z.number().int().nonnegative(),
    rect,
    input: z.enum(["date", "time", "datetime-local", "month", "week", "color"]),
    value: short,
    min: short,
    max: short,
    step: short,
  }),
  z.object({ kind: z.literal("closed"), id: z.number().int().nonnegative() }),
  z.object({ kind: z.literal("scroll"), x: z.number(), y: z.number() }),
  z.object({ kind: z.literal("title"), title: z.string().max(1000) }),
  z.object({ kind: z.literal("form"), ...formShape }),
  z.object({ kind: z.literal("icon"), href: z.string().max(8192) }),
  z.object({ kind: z.literal("fullscreen"), on: z.boolean() }),
  z.object({
    kind: z.literal("asks"),
    id: z.number().int().nonnegative(),
    permission: livePermissionSchema,
  }),
  z.object({ kind: z.literal("notifies"), title: z.string().max(200), body: z.string().max(500) }),
  z.object({ kind: z.literal("refused"), device: z.enum(["camera", "microphone", "screen"]) }),
  z.object({ kind: z.literal("copied"), text: z.string().max(500_000), html: z.string().max(500_000) }),
]);
export type PageReport = z.infer<typeof pageReportSchema>;
