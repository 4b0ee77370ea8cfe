/** One address visited before. Times are epoch milliseconds. */
export interface HistoryEntry {
  url: string;
  title: string;
  icon: string | null;
  visitCount: number;
  /** How often it was chosen in the address bar. */
  typedCount: number;
  lastVisitedAt: number;
}

export interface Bookmark {
  url: string;
  title: string;
  icon: string | null;
  folder: string;
}

/** A panel that could be switched to. */
export interface OpenPanel {
  id: string;
  url: string;
  title: string;
  icon: string | null;
}

/** A command as the omnibox offers it. */
export interface CommandChoice {
  id: string;
  title: string;
  /** Other words people use for it. */
  aliases: readonly string[];
  shortcut: string | null;
}

export interface OmniboxSources {
  history: readonly HistoryEntry[];
  bookmarks: readonly Bookmark[];
  panels: readonly OpenPanel[];
  commands: readonly CommandChoice[];
}
