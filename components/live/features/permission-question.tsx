import { useId, useRef, useState } from "react";
import { CardButton, FIELD } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";
import { useReturnedFocus } from "#components/live/features/use-returned-focus.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { PERMISSION_WORDS, PLACES } from "#lib/core/live/permission-words.ts";

/** A message is a megabyte at most, and a letter three bytes. */
const TEXT_MAX = 300_000;

/** A bar at the top, as in browsers: the page goes on meanwhile, without what it asked for. */
export function PermissionQuestion({ question, onAnswer }: QuestionProps<"permission">) {
  const { origin, permission } = question;
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  useReturnedFocus(bar);
  const [name, setName] = useState(PLACES[0]?.name ?? "");
  const { name: _, ...place } = PLACES.find((each) => each.name === name) ?? {};
  const allow = (keep: "once" | "session") =>
    onAnswer({
      kind: "allow",
      keep,
      ...(permission === "geolocation" && "latitude" in place ? { place } : {}),
    });

  /** The browser may ask for itself; its no is one to the page too. */
  async function giveClipboard(): Promise<void> {
    try {
      const text = await navigator.clipboard.readText();
      onAnswer({ kind: "allow", keep: "once", text: text.slice(0, TEXT_MAX) });
    } catch {
      // The browser or the person said no; pasting by the keys works without asking.
      showToast("The browser did not allow reading the clipboard. Try the keys instead.");
      onAnswer(null);
    }
  }

  return (
    <div
      ref={bar}
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      // The page keeps the keys; F6 goes on to here.
      data-focus-part="question"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onAnswer(null);
      }}
      className="pointer-events-auto absolute inset-x-3 top-3 mx-auto flex max-w-xl flex-col gap-3 rounded-panel bg-raised p-4 text-sm text-ink shadow-float"
    >
      <p id={id} className="font-medium [overflow-wrap:anywhere]">
        {origin} {PERMISSION_WORDS[permission]}
      </p>
      <p role="alert" className="sr-only">
        {origin} {PERMISSION_WORDS[permission]}. Press F6 to answer.
      </p>
      {permission === "geolocation" && (
        <label className="flex flex-col gap-1">
          Your device is not asked. The site may be told that you are near
          <select className={FIELD} value={name} onChange={(event) => setName(event.target.value)}>
            {PLACES.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        </label>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <CardButton onClick={() => onAnswer({ kind: "deny" })}>Never</CardButton>
        <CardButton onClick={() => onAnswer(null)}>Not now</CardButton>
        {permission === "clipboard-read" ? (
          <CardButton onClick={() => void giveClipboard()}>Paste it</CardButton>
        ) : (
          <>
            <CardButton onClick={() => allow("session")}>Until I close it</CardButton>
            <CardButton onClick={() => allow("once")}>This time</CardButton>
          </>
        )}
      </div>
    </div>
  );
}
