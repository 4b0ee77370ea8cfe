import { announce } from "#lib/client/store/ui-store.ts";
import { closeMedia, mediaStore, setProjection } from "#lib/client/xr/media/media-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";
import { PROJECTIONS } from "#lib/core/surfaces/media-projection.ts";

let video: HTMLVideoElement | null = null;

/** The recording that is open in the room, for the commands below. */
export function setMediaVideo(element: HTMLVideoElement | null): void {
  video = element;
}

const SEEK_S = 10;
const VOLUME_STEP = 0.1;
const hasVideo = () => video !== null;
const isOpen = () => mediaStore.getState().open !== null;

function seek(seconds: number): void {
  if (video) video.currentTime = Math.max(0, Math.min(video.duration || 0, video.currentTime + seconds));
}

/** To a share of its length, 0 to 1. Nothing where the length is not known, as of a recording that goes on. */
export function seekToShare(element: HTMLVideoElement, share: number): void {
  if (Number.isFinite(element.duration)) element.currentTime = share * element.duration;
}

function turnVolume(step: number): void {
  if (!video) return;
  video.muted = false;
  video.volume = Math.min(1, Math.max(0, video.volume + step));
}

/** The place in `PROJECTIONS` of the one in use. */
export function projectionIndex(): number {
  const open = mediaStore.getState().open?.projection;
  return PROJECTIONS.findIndex(
    ({ projection }) => projection.shape === open?.shape && projection.stereo === open.stereo,
  );
}

export const mediaCommands: readonly Command[] = [
  {
    id: "media.play",
    group: "Page",
    title: () => (video?.paused === false ? "Pause" : "Play"),
    aliases: ["video", "film"],
    enabled: hasVideo,
    run: () => {
      // A browser may refuse to play with sound before a press of its own kind.
      if (video?.paused) void video.play().catch(() => announce("The browser did not allow playing"));
      else video?.pause();
    },
  },
  { id: "media.back", group: "Page", title: "Back 10 seconds", enabled: hasVideo, run: () => seek(-SEEK_S) },
  {
    id: "media.forward",
    group: "Page",
    title: "Forward 10 seconds",
    enabled: hasVideo,
    run: () => seek(SEEK_S),
  },
  {
    id: "media.louder",
    group: "Page",
    title: "Louder",
    enabled: hasVideo,
    run: () => turnVolume(VOLUME_STEP),
  },
  {
    id: "media.quieter",
    group: "Page",
    title: "Quieter",
    enabled: hasVideo,
    run: () => turnVolume(-VOLUME_STEP),
  },
  {
    id: "media.mute",
    group: "Page",
    title: "Mute",
    checked: () => video?.muted === true,
    enabled: hasVideo,
    run: () => {
      if (video) video.muted = !video.muted;
    },
  },
  {
    id: "media.projection",
    group: "Page",
    title: ({ index }) => PROJECTIONS[index ?? -1]?.title ?? "Next projection of the recording",
    aliases: ["180", "360", "side by side", "stereo", "3d video"],
    arguments: [
      {
        name: "index",
        description: "Place in the list of projections; the next when absent",
        required: false,
      },
    ],
    enabled: isOpen,
    checked: ({ index }) => index !== undefined && index === projectionIndex(),
    run: ({ index }) => {
      const next = PROJECTIONS[index ?? (projectionIndex() + 1) % PROJECTIONS.length];
      if (!next) return;
      setProjection(next.projection);
      announce(next.title);
    },
  },
  {
    id: "media.close",
    group: "Page",
    title: "Close the picture or recording",
    enabled: isOpen,
    run: closeMedia,
  },
];
