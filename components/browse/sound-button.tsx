import { Volume1, Volume2, VolumeX } from "lucide-react";
import { useStore } from "zustand";
import { useLiveState } from "#components/live/use-live-tab.ts";
import { cx } from "#components/ui/class-names.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { FULL_SOUND } from "#lib/core/space/navigation.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

interface SoundButtonProps {
  panelId: string;
  className: string;
  /** For the mouse alone, where the keyboard has another way. */
  isExtra?: boolean;
}

/** The sign of a live page that sounds, or would if it were not muted. A press changes between the two. */
export function SoundButton({ panelId, className, isExtra = false }: SoundButtonProps) {
  const sounds = useSounds(panelId);
  const { muted, volume } = useSound(panelId);
  if (!sounds) return null;
  const label = muted ? "Unmute this page" : "Mute this page";
  const Icon = muted ? VolumeX : volume < 0.5 ? Volume1 : Volume2;
  return (
    <button
      type="button"
      aria-label={label}
      aria-hidden={isExtra || undefined}
      tabIndex={isExtra ? -1 : undefined}
      data-tip={label}
      onClick={() => runCommand("page.mute", { panelId })}
      className={cx("grid shrink-0 place-items-center text-muted hover:bg-hover hover:text-ink", className)}
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  );
}

/** Whether the panel has something to be muted or to be heard again. */
export function useSounds(panelId: string): boolean {
  const audible = useLiveState(panelId, ({ page }) => page.audible);
  return audible === true;
}

export function useSound(panelId: string): typeof FULL_SOUND {
  return useStore(browserStore, ({ session }) => findPagePanel(session, panelId)?.state.sound ?? FULL_SOUND);
}
