import { carryClipboardOver } from "#services/live/input/carry-clipboard.ts";
import { dispatchKeys } from "#services/live/input/dispatch-keys.ts";
import { dispatchPointer } from "#services/live/input/dispatch-pointer.ts";
import type { CreateTabPart } from "#services/live/tab/tab-host.ts";

/** What a person does to a page. */
export const INPUT_PARTS: readonly CreateTabPart[] = [dispatchPointer, dispatchKeys, carryClipboardOver];
