/** A bookmark or a folder of bookmarks. Times are epoch milliseconds. */
export type BookmarkNode = BookmarkLink | BookmarkFolder;

interface BookmarkBase {
  id: string;
  /** The folder it lies in; null at the top. */
  parentId: string | null;
  /** Sorts siblings; any finite number, not necessarily whole. */
  order: number;
  title: string;
  addedAt: number;
}

export interface BookmarkLink extends BookmarkBase {
  kind: "link";
  url: string;
  icon: string | null;
}

export interface BookmarkFolder extends BookmarkBase {
  kind: "folder";
}
