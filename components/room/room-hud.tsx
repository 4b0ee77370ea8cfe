import { Box, Glasses, PanelsTopLeft } from "lucide-react";
import { CommandButton } from "#components/ui/command-button.tsx";

/** What a screen shows over the room; a headset never sees it. */
export function RoomHud() {
  return (
    <div
      role="toolbar"
      aria-label="Room"
      className="absolute inset-x-0 bottom-4 mx-auto flex w-fit items-center gap-1 rounded-full bg-raised/95 p-1 text-ink shadow-float"
    >
      <CommandButton command="view.vr">
        <Glasses aria-hidden className="size-5" />
      </CommandButton>
      <CommandButton command="view.ar">
        <Box aria-hidden className="size-5" />
      </CommandButton>
      <CommandButton command="view.flat">
        <PanelsTopLeft aria-hidden className="size-5" />
      </CommandButton>
    </div>
  );
}
