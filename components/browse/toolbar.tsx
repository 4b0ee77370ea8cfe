import {
  ArrowLeft,
  ArrowRight,
  Box,
  CaseSensitive,
  Columns2,
  EllipsisVertical,
  HatGlasses,
  PanelsTopLeft,
  RotateCw,
  TableOfContents,
  X,
} from "lucide-react";
import { useStore } from "zustand";
import { openHistoryMenu, openMainMenu } from "#components/browse/menus.ts";
import { PanelOmnibox } from "#components/browse/panel-omnibox.tsx";
import { ToolbarSlot } from "#components/browse/slots.tsx";
import { ToolbarPopover } from "#components/browse/toolbar-popover.tsx";
import { CommandButton } from "#components/ui/command-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

export function Toolbar() {
  const isPrivate = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.private === true,
  );
  return (
    <div
      className="flex items-center gap-0.5 px-2 py-1.5"
      role="toolbar"
      aria-label="Browsing"
      data-focus-part="toolbar"
    >
      <CommandButton command="page.back" onContextMenu={(event) => openHistoryMenu(event, -1)}>
        <ArrowLeft aria-hidden className="size-4.5 rtl:-scale-x-100" />
      </CommandButton>
      <CommandButton command="page.forward" onContextMenu={(event) => openHistoryMenu(event, 1)}>
        <ArrowRight aria-hidden className="size-4.5 rtl:-scale-x-100" />
      </CommandButton>
      <ReloadButton />
      <div className="mx-1.5 flex min-w-0 flex-1 justify-center">
        <PanelOmnibox />
      </div>
      {isPrivate && (
        <span className="me-1 flex items-center gap-1.5 rounded-full bg-pressed px-2.5 py-1 text-xs font-medium">
          <HatGlasses aria-hidden className="size-3.5" />
          Private
        </span>
      )}
      <CommandButton command="split.right">
        <Columns2 aria-hidden className="size-4.5" />
      </CommandButton>
      <ToolbarPopover name="outline" command="page.outline">
        <TableOfContents aria-hidden className="size-4.5" />
      </ToolbarPopover>
      <ToolbarPopover name="appearance" command="page.appearance">
        <CaseSensitive aria-hidden className="size-5" />
      </ToolbarPopover>
      <ToolbarSlot />
      <ViewButton />
      <IconButton label="Menu" aria-haspopup="menu" onClick={(event) => openMainMenu(event.currentTarget)}>
        <EllipsisVertical aria-hidden className="size-4.5" />
      </IconButton>
    </div>
  );
}

/** Into the room, and out of it. */
function ViewButton() {
  const isFlat = useStore(viewStore, ({ view }) => view === "flat");
  return isFlat ? (
    <CommandButton command="view.room">
      <Box aria-hidden className="size-4.5" />
    </CommandButton>
  ) : (
    <CommandButton command="view.flat">
      <PanelsTopLeft aria-hidden className="size-4.5" />
    </CommandButton>
  );
}

/** One place for both, as either makes sense only when the other does not. */
export function ReloadButton() {
  const loading = useStore(browserStore, ({ session, views }) => views[session.activeId ?? ""]?.load != null);
  return loading ? (
    <CommandButton command="page.stop">
      <X aria-hidden className="size-4.5" />
    </CommandButton>
  ) : (
    <CommandButton command="page.reload">
      <RotateCw aria-hidden className="size-4" />
    </CommandButton>
  );
}
