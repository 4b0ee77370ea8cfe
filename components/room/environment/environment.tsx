import { useFrame, useThree } from "@react-three/fiber";
import { useXR } from "@react-three/xr";
import { useEffect, useRef, useState } from "react";
import type { Group } from "three";
import { useStore } from "zustand";
import { environmentPhotoStore, loadPhoto } from "#lib/client/room/environment-photo.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import {
  type BuiltEnvironment,
  buildEnvironment,
  buildPhotoEnvironment,
} from "#lib/client/xr/environment/build-environment.ts";
import { mediaStore } from "#lib/client/xr/media/media-store.ts";
import { roomQuality } from "#lib/client/xr/panel/room-quality.ts";
import { drawnEnvironment, readEnvironment } from "#lib/core/environment/environments.ts";

/** On a screen there is no floor to stand on: the eyes are in the middle of the layout, at a sitting person's height. */
const SCREEN_FLOOR_M = -1.25;

/** What stands around the panels. */
export function Environment() {
  const holder = useRef<Group>(null);
  const built = useRef<BuiltEnvironment | null>(null);
  const invalidate = useThree((state) => state.invalidate);
  const mode = useXR((xr) => xr.mode);
  const theme = useStore(roomSettingsStore, (settings) => settings.roomTheme);
  const wanted = useStore(browserStore, ({ session }) => readEnvironment(session.space.environment));
  // A recording all around takes the place of the surroundings, the ground above all.
  const isSurrounded = useStore(mediaStore, ({ open }) => (open?.projection.shape ?? "flat") !== "flat");
  const photo = useStore(environmentPhotoStore, (state) => state.version);
  /** Of which version of the picture it is known that there is none. */
  const [missing, setMissing] = useState<number | null>(null);
  const drawn = drawnEnvironment(wanted, {
    isPassthrough: mode === "immersive-ar",
    hasPhoto: missing !== photo,
  });

  useEffect(() => {
    if (drawn === null) return;
    let wasLeft = false;
    const show = (environment: BuiltEnvironment) => {
      built.current = environment;
      environment.setDetail(roomQuality.quality.environmentDetail);
      holder.current?.add(environment.root);
      invalidate();
    };
    if (drawn === "own") {
      void loadPhoto().then((loaded) => {
        if (wasLeft) loaded?.picture.close();
        else if (loaded) show(buildPhotoEnvironment(loaded.picture, loaded.layout));
        else setMissing(photo);
      });
    } else show(buildEnvironment(drawn, theme));
    return () => {
      wasLeft = true;
      built.current?.dispose();
      built.current = null;
      invalidate();
    };
  }, [drawn, theme, photo, invalidate]);

  const shownDetail = useRef(roomQuality.quality.environmentDetail);
  useFrame(({ clock }) => {
    const environment = built.current;
    if (!environment) return;
    if (shownDetail.current !== roomQuality.quality.environmentDetail) {
      shownDetail.current = roomQuality.quality.environmentDetail;
      environment.setDetail(shownDetail.current);
    }
    environment.update(clock.elapsedTime);
  });

  return <group ref={holder} visible={!isSurrounded} position-y={mode === null ? SCREEN_FLOOR_M : 0} />;
}
