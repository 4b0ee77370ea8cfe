import { Box, Glasses, LayoutGrid, Menu, PanelsTopLeft, Sunrise } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect } from "react";
import { useStore } from "zustand";
import { CommandButton } from "#components/ui/command-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { commands } from "#lib/client/commands/registry.ts";
import { watchXrDevices, xrFactsStore } from "#lib/client/room/xr-facts.ts";
import { type MenuEntry, openMenu, showToast } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";

/** What a screen shows over the room; in a session nobody could see it. */
export function RoomHud() {
  const isImmersive = useStore(viewStore, ({ view }) => view === "immersive");
  useEffect(watchXrDevices, []);
  if (isImmersive) return null;
  return (
    <>
      <h1 className="sr-only">The room</h1>
      <div
        role="toolbar"
        aria-label="Room"
        data-focus-part="room-toolbar"
        className="absolute end-4 bottom-4 flex max-w-full items-center gap-0.5 rounded-full border max-sm:inset-x-0 max-sm:mx-auto max-sm:w-fit border-line bg-raised p-1 text-ink shadow-float"
      >
        <CommandButton command="room.menu" size="touch" className="rounded-full">
          <Menu aria-hidden className="size-5" />
        </CommandButton>
        <MenuButton
          label="Layouts"
          families={["layout.preset.", "layout.save", "layout.recentre", "layout.follow"]}
        >
          <LayoutGrid aria-hidden className="size-5" />
        </MenuButton>
        <MenuButton label="Environment" families={["environment."]}>
          <Sunrise aria-hidden className="size-5" />
        </MenuButton>
        <span aria-hidden className="mx-1 h-6 w-px bg-line" />
        <EnterButton command="view.vr" device="vr">
          <Glasses aria-hidden className="size-5" />
        </EnterButton>
        <EnterButton command="view.ar" device="ar">
          <Box aria-hidden className="size-5" />
        </EnterButton>
        <CommandButton command="view.flat" size="touch" className="rounded-full">
          <PanelsTopLeft aria-hidden className="size-5" />
        </CommandButton>
      </div>
    </>
  );
}

/** A menu of all commands whose ids begin so, hanging from its button. */
function MenuButton({
  label,
  families,
  children,
}: {
  label: string;
  families: readonly string[];
  children: ReactNode;
}) {
  const open = (event: MouseEvent<HTMLButtonElement>) => {
    const entries = families.flatMap((family) =>
      commands
        .list()
        .flatMap(({ id }): MenuEntry[] => (id.startsWith(family) ? [{ type: "command", id }] : [])),
    );
    const opener = event.currentTarget;
    openMenu({ label, entries, at: opener.getBoundingClientRect(), opener });
  };
  return (
    <IconButton label={label} size="touch" className="rounded-full" aria-haspopup="menu" onClick={open}>
      {children}
    </IconButton>
  );
}

const MISSING = {
  vr: "No headset that shows web pages in VR was found",
  ar: "This device has no passthrough for web pages",
} as const;

/** Enters a session; where the device has none it says so instead of being silently grey. */
function EnterButton({
  command,
  device,
  children,
}: {
  command: string;
  device: "vr" | "ar";
  children: ReactNode;
}) {
  const isSupported = useStore(xrFactsStore, (facts) => facts[device]);
  if (isSupported)
    return (
      <CommandButton command={command} size="touch" className="rounded-full">
        {children}
      </CommandButton>
    );
  return (
    <IconButton
      label={`${commands.title(command)}: ${MISSING[device].toLowerCase()}`}
      size="touch"
      aria-disabled
      className="rounded-full opacity-60"
      onClick={() => showToast(`${MISSING[device]}.`, { label: "Details", command: "view.device" })}
    >
      {children}
    </IconButton>
  );
}
