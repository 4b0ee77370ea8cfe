import { FileDown, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { OUTLINED } from "#components/library/styles.ts";
import { exportBookmarks, importBookmarks } from "#lib/client/library/bookmarks.ts";
import { saveFile } from "#lib/client/reading/save-file.ts";

/** Larger files are no bookmark files: 20,000 bookmarks with their icons inside stay under it. */
const FILE_BYTES_MAX = 50 * 1024 * 1024;

/** To and from the file every browser reads and writes. */
export function ImportExport({ onImported }: { onImported: (folderId: string) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const read = async (chosen: File) => {
    if (chosen.size > FILE_BYTES_MAX) return setSaid("This file is too large for a file of bookmarks.");
    try {
      const today = new Date().toLocaleDateString([], { dateStyle: "medium" });
      const result = await importBookmarks(await chosen.text(), `Imported ${today}`);
      setSaid(outcomeOf(result));
      if (result.folderId) onImported(result.folderId);
    } catch {
      setSaid("The bookmarks could not be kept. Free some space on this device, then try again.");
    }
  };
  return (
    <>
      <input
        ref={file}
        type="file"
        accept=".html,.htm,text/html"
        aria-label="File of bookmarks"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) void read(chosen);
        }}
      />
      <button type="button" className={OUTLINED} onClick={() => file.current?.click()}>
        <FileUp aria-hidden className="size-4" />
        Import
      </button>
      <button
        type="button"
        className={OUTLINED}
        onClick={() => {
          saveFile("bookmarks.html", exportBookmarks(), "text/html");
          setSaid("Exported to bookmarks.html, which every browser can import.");
        }}
      >
        <FileDown aria-hidden className="size-4" />
        Export
      </button>
      <p role="status" className="basis-full text-sm text-muted empty:hidden">
        {said}
      </p>
    </>
  );
}

function outcomeOf({
  added,
  skipped,
  truncated,
}: {
  added: number;
  skipped: number;
  truncated: boolean;
}): string {
  if (added === 0) return "No bookmarks were found in this file. Choose one that a browser exported as HTML.";
  const parts = [added === 1 ? "1 bookmark imported." : `${added.toLocaleString()} bookmarks imported.`];
  if (skipped > 0) parts.push(`${skipped} left out, as they are no web pages.`);
  if (truncated) parts.push("The file holds more than Qui keeps; the rest was left out.");
  return parts.join(" ");
}
