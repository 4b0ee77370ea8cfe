import { X } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { useStore } from "zustand";
import { openTabMenu } from "#components/browse/menus.ts";
import { SoundButton, useSound, useSounds } from "#components/browse/sound-button.tsx";
import { cx } from "#components/ui/class-names.ts";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { showPanel } from "#lib/client/commands/tab-commands.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { Panel } from "#lib/protocol/space.ts";

interface TabProps {
  panel: Panel;
  active: boolean;
  /** Where it stands in the capsule of its split. */
  joined: "start" | "middle" | "end" | null;
  /** A dragged link would open before it, or in it. */
  dropBefore: boolean;
  dropInto: boolean;
}

export const Tab = memo(function Tab({ panel, active, joined, dropBefore, dropInto }: TabProps) {
  const loading = useStore(browserStore, (state) => state.views[panel.id]?.load != null);
  // In the room the panel is drawn, not laid out: there is no element to name.
  const isFlat = useStore(viewStore, ({ view }) => view === "flat");
  const title = panelName(panel);
  const sounds = useSounds(panel.id);
  const { muted } = useSound(panel.id);
  const close = () => runCommand("tab.close", { panelId: panel.id });

  const onAuxClick = (event: MouseEvent) => {
    if (event.button !== 1) return;
    event.preventDefault();
    close();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the middle button and the context menu are further ways; the tab inside has keys for both
    <div
      role="presentation"
      data-strip-panel={panel.id}
      onAuxClick={onAuxClick}
      onContextMenu={(event) => openTabMenu(event, panel.id)}
      className={cx(
        "group relative flex h-8 items-center rounded-control text-sm",
        panel.pinned ? "w-9 shrink-0" : "w-52 min-w-24 shrink",
        active
          ? "bg-raised text-ink shadow-[0_0_0_1px_var(--line)]"
          : "text-muted hover:bg-hover hover:text-ink",
        dropInto && "bg-pressed",
        joined && "bg-raised/60 shadow-[0_0_0_1px_var(--line)]",
        joined === "start" && "rounded-e-none",
        joined === "middle" && "-ms-1 rounded-none",
        joined === "end" && "-ms-1 rounded-s-none",
        panel.group &&
          "after:absolute after:inset-x-2 after:-bottom-0.5 after:h-0.5 after:rounded-full after:bg-accent/60",
        dropBefore &&
          "before:absolute before:inset-y-1 before:-start-1 before:w-0.5 before:rounded-full before:bg-accent",
      )}
    >
      <button
        type="button"
        role="tab"
        id={`tab-${panel.id}`}
        data-panel={panel.id}
        aria-selected={active}
        aria-controls={active && isFlat ? `panel-${panel.id}` : undefined}
        aria-label={tabLabel(panel, title, { loading, sound: sounds && (muted ? "muted" : "playing sound") })}
        tabIndex={active ? 0 : -1}
        data-tip={panel.pinned || title.length > 20 ? title : undefined}
        onClick={() => showPanel(panel.id)}
        className={cx(
          "flex size-full min-w-0 items-center gap-2 rounded-[inherit] outline-offset-[-2px]",
          panel.pinned
            ? "justify-center"
            : sounds
              ? "ps-2.5 pe-14"
              : active
                ? "ps-2.5 pe-8"
                : "ps-2.5 pe-2 group-hover:pe-8 pointer-coarse:pe-8",
        )}
      >
        {loading ? <Spinner /> : <SiteIcon icon={iconOf(panel)} url={urlOf(panel)} private={panel.private} />}
        {!panel.pinned && (
          <span className="min-w-0 flex-1 overflow-hidden text-start whitespace-nowrap [mask-image:linear-gradient(to_right,black_calc(100%-32px),transparent)] rtl:[mask-image:linear-gradient(to_left,black_calc(100%-32px),transparent)]">
            {title}
          </span>
        )}
      </button>
      {/* For the mouse; the keyboard has the command, and the tab's name says what it shows. */}
      <SoundButton
        panelId={panel.id}
        isExtra
        className={cx("absolute size-5 rounded-md", panel.pinned ? "-end-0.5 -top-0.5" : "end-7")}
      />
      {!panel.pinned && (
        // For the mouse; the keyboard closes with Delete, and the tab's name says nothing of it twice.
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          onClick={close}
          className={cx(
            "absolute end-1.5 grid size-5 place-items-center rounded-md text-muted hover:bg-pressed hover:text-ink",
            !active && "opacity-0 group-hover:opacity-100 pointer-coarse:opacity-100",
          )}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
});

function tabLabel(
  panel: Panel,
  title: string,
  { loading, sound }: { loading: boolean; sound: string | false },
): string {
  return [title, panel.private && "private", panel.pinned && "pinned", loading && "loading", sound]
    .filter(Boolean)
    .join(", ");
}

function iconOf(panel: Panel): string | null {
  return panel.kind === "page" ? panel.state.icon : null;
}

function urlOf(panel: Panel): string {
  return panel.kind === "page" ? panel.state.url : "";
}
