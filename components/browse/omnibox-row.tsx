import { AppWindow, Ban, Bookmark, Clock, Command, CornerDownLeft, Globe, Search } from "lucide-react";
import { cx } from "#components/ui/class-names.ts";
import { MarkedText } from "#components/ui/marked-text.tsx";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { actionLabel, type Suggestion } from "#lib/core/omnibox/suggestion.ts";

const ICONS = {
  address: Globe,
  search: Search,
  history: Clock,
  bookmark: Bookmark,
  panel: AppWindow,
  command: Command,
  refused: Ban,
};

interface OmniboxRowProps {
  id: string;
  suggestion: Suggestion;
  /** What Enter would do now. */
  chosen: boolean;
  onChoose: () => void;
}

/** One offer: what it is, where it leads, and in words what happens. */
export function OmniboxRow({ id, suggestion, chosen, onChoose }: OmniboxRowProps) {
  const Icon = ICONS[suggestion.kind];
  const label = actionLabel(suggestion);
  const refused = suggestion.kind === "refused";
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the row by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled in the field
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={refused}
      onClick={refused ? undefined : onChoose}
      // The field must not lose the focus to a row.
      onPointerDown={(event) => event.preventDefault()}
      className={cx(
        "flex min-h-10 items-center gap-3 rounded-control px-3 text-sm max-sm:min-h-12 max-sm:px-4",
        chosen ? "bg-hover" : "hover:bg-hover/60",
      )}
    >
      <SiteIcon
        icon={suggestion.icon}
        url=""
        fallback={<Icon aria-hidden className={cx("size-4 shrink-0", chosen ? "text-ink" : "text-muted")} />}
      />
      <span className="flex min-w-0 flex-1 items-baseline gap-2 max-sm:flex-col max-sm:gap-0 max-sm:py-1.5">
        <span className="max-w-full truncate text-ink">
          <MarkedText text={suggestion.title} spans={suggestion.titleSpans} />
        </span>
        {suggestion.detail && (
          <span className="max-w-full min-w-0 truncate text-muted max-sm:text-xs">
            <MarkedText text={suggestion.detail} spans={suggestion.detailSpans} />
          </span>
        )}
      </span>
      {suggestion.kind === "command" && suggestion.shortcut && (
        <kbd className="shrink-0 font-sans text-xs text-muted max-sm:hidden">{suggestion.shortcut}</kbd>
      )}
      <span
        className={cx("flex shrink-0 items-center gap-1.5 text-xs", chosen ? "text-accent" : "text-muted")}
      >
        {label}
        {chosen && !refused && <CornerDownLeft aria-hidden className="size-3.5" />}
      </span>
    </div>
  );
}
