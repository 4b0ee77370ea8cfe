import { useFrame } from "@react-three/fiber";
import { useEffect, useRef, useState } from "react";
import type { Group } from "three";
import { useStore } from "zustand";
import { MediaBar } from "#components/room/media/media-bar.tsx";
import { commands, runCommand } from "#lib/client/commands/registry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { mediaCommands, setMediaVideo } from "#lib/client/xr/media/media-commands.ts";
import { createMediaScreen, type MediaScreen } from "#lib/client/xr/media/media-screen.ts";
import { closeMedia, mediaStore, type OpenMedia } from "#lib/client/xr/media/media-store.ts";
import { applyPose } from "#lib/client/xr/panel/panel-frame.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { DEFAULT_POSE, findPagePanel, findPanel } from "#lib/core/space/session.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** How much nearer than its page a picture stands. */
const NEARER = 0.85;
/** Of the page's width, and of its distance in height: picture and bar are seen at once, also in a window. */
const WIDTH_SHARE = 1;
const HEIGHT_PER_DISTANCE = 0.45;

/** The picture or recording that was opened out of a page, with its bar. */
export function MediaStage() {
  const open = useStore(mediaStore, (state) => state.open);
  useEffect(() => (commands.get("media.play") ? undefined : commands.register(mediaCommands)), []);
  useEffect(() => {
    const stop = browserStore.subscribe(({ session }, previous) => {
      const { open: shown } = mediaStore.getState();
      if (!shown || session === previous.session) return;
      // It belongs to its page: that one is closed, or another stands in its panel.
      const panel = findPagePanel(session, shown.panelId);
      const before = findPagePanel(previous.session, shown.panelId);
      if (!panel || panel.state.url !== before?.state.url) closeMedia();
    });
    return () => {
      stop();
      // Else it would play again by itself when the room is next opened.
      closeMedia();
    };
  }, []);
  return open && <OpenMediaStage key={`${open.panelId} ${open.blockId}`} media={open} />;
}

function OpenMediaStage({ media }: { media: OpenMedia }) {
  const place = useRef<Group>(null);
  const [screen, setScreen] = useState<MediaScreen | null>(null);
  const [, setVersion] = useState(0);
  const { projection } = media;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording is another stage; its projection is set below.
  useEffect(() => {
    const made = createMediaScreen({
      media,
      widthM: mediaPose(media, 16 / 9).widthM,
      onChange: () => {
        setVersion((version) => version + 1);
        stirRoom();
      },
    });
    setMediaVideo(made.video);
    setScreen(made);
    return () => {
      setMediaVideo(null);
      made.dispose();
      stirRoom();
    };
  }, []);
  useEffect(() => screen?.setProjection(projection), [screen, projection]);
  useEffect(() => {
    const read = () => screen?.setSession(xrStore.getState().session !== undefined);
    read();
    return xrStore.subscribe(read);
  }, [screen]);

  // It goes along when its page is put elsewhere.
  useStore(browserStore, ({ session }) => findPanel(session, media.panelId)?.pose);
  const aspect = screen?.aspect ?? 16 / 9;
  const pose = mediaPose(media, aspect);
  useEffect(() => screen?.setWidth(pose.widthM), [screen, pose.widthM]);
  useFrame(() => {
    if (place.current) applyPose(place.current, pose);
  });

  if (!screen) return null;
  const isAround = projection.shape !== "flat";
  const heightM = isAround ? pose.widthM * 0.4 : pose.widthM / aspect;
  return (
    <>
      {isAround && <primitive object={screen.object} dispose={null} />}
      <group ref={place}>
        {!isAround && (
          // biome-ignore lint/a11y/noStaticElementInteractions: no element of the DOM; the commands do it by keys.
          <primitive
            object={screen.object}
            dispose={null}
            // What is pressed here is no press on the page behind it.
            onPointerDown={stopHere}
            onClick={(event: PressEvent) => {
              stopHere(event);
              runCommand("media.play");
            }}
          />
        )}
        <MediaBar
          media={media}
          video={screen.video}
          y={-heightM / 2}
          distanceM={pose.distanceM}
          widthM={Math.min(pose.widthM, 1)}
        />
      </group>
    </>
  );
}

interface PressEvent {
  stopPropagation(): void;
}

function stopHere(event: PressEvent): void {
  event.stopPropagation();
}

/** In front of its page, no higher than can be seen at once. */
function mediaPose({ panelId }: OpenMedia, aspect: number): Pose {
  const pose = findPanel(getSession(), panelId)?.pose ?? DEFAULT_POSE;
  const distanceM = Math.max(0.6, pose.distanceM * NEARER);
  const widthM = Math.min(pose.widthM * WIDTH_SHARE, HEIGHT_PER_DISTANCE * distanceM * aspect);
  return { ...pose, distanceM, widthM, curvature: 0 };
}
