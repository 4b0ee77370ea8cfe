import type { CommandArgs } from "#lib/core/commands/registry.ts";

/** The icons of the room's interface, by what they stand for. */
export const ROOM_ICONS = [
  "back",
  "forward",
  "reload",
  "stop",
  "tabs",
  "zoomOut",
  "zoomIn",
  "curve",
  "more",
  "close",
  "menu",
  "add",
  "search",
  "panels",
  "layout",
  "environment",
  "settings",
  "spaces",
  "library",
  "help",
  "leave",
  "page",
  "globe",
  "check",
  "choose",
  "history",
  "bookmark",
  "saved",
  "download",
  "outline",
  "shield",
  "find",
  "previous",
  "next",
  "delete",
  "private",
  "resize",
  "flat",
] as const;
export type RoomIcon = (typeof ROOM_ICONS)[number];

/** What pressing a row does. */
export type RowAction =
  | {
      type: "command";
      id: string;
      args?: CommandArgs /** The menu stays, as for a setting. */;
      stays?: boolean;
    }
  | { type: "page"; name: RoomPageName }
  | { type: "call"; run: () => void; stays?: boolean };

export interface RoomRow {
  id: string;
  label: string;
  /** Second line. */
  detail?: string;
  icon?: RoomIcon;
  /** On or off, for a choice; absent for all others. */
  checked?: boolean;
  disabled?: boolean;
  /** `#rrggbb`: a colour that is shown beside the label. */
  swatch?: string;
  /** Columns it takes on a page of four or seven; 1 when absent. */
  span?: number;
  action: RowAction;
  /** A smaller second button at the end of the row, such as closing the panel it stands for. */
  side?: { icon: RoomIcon; label: string; action: RowAction };
}

export interface RoomPage {
  title: string;
  rows: readonly RoomRow[];
  /** A sentence in place of rows, or below the title; a line each. */
  note?: string;
  /** Tiles beside each other instead of one row each: two, three, or the grid of a picker, whose rows say what they span. */
  columns?: 1 | 2 | 3 | 4 | 7;
}

export const ROOM_PAGES = [
  "home",
  "panels",
  "layouts",
  "environments",
  "settings",
  "spaces",
  "library",
  "history",
  "bookmarks",
  "readingList",
  "downloads",
  "notes",
  "trail",
  "outline",
  "site",
  "find",
  "commands",
  "help",
  "entries",
  "question",
  "connection",
  "elsewhere",
] as const;
export type RoomPageName = (typeof ROOM_PAGES)[number];

const DIALOG_PAGES: Readonly<Record<string, RoomPageName>> = {
  tabs: "panels",
  spaces: "spaces",
  settings: "settings",
  help: "help",
  device: "help",
  "library history": "history",
  "library bookmarks": "bookmarks",
  "library readingList": "readingList",
  "library downloads": "downloads",
  notes: "notes",
  trail: "trail",
};

const POPOVER_PAGES: Readonly<Record<string, RoomPageName>> = {
  outline: "outline",
  site: "site",
  appearance: "settings",
  bookmark: "bookmarks",
};

/** The page that stands for a dialog of the flat view in a headset, where the DOM cannot be seen. */
export function pageForDialog(name: string): RoomPageName {
  return DIALOG_PAGES[name] ?? "elsewhere";
}

/** As `pageForDialog`, for what hangs from the flat toolbar. */
export function pageForPopover(name: string): RoomPageName {
  return POPOVER_PAGES[name] ?? "elsewhere";
}

/** Rows a page shows at once; tiles are counted as rows of their columns. */
export const ROWS_PER_PAGE = 7;

export function rowsPerPage({ columns = 1 }: Pick<RoomPage, "columns">): number {
  // A grid is seen as a whole: half a month would be no calendar.
  if (columns > 3) return Number.MAX_SAFE_INTEGER;
  return columns === 3 ? 12 : ROWS_PER_PAGE * columns;
}
