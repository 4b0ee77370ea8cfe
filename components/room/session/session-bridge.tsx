import { useFrame, useThree } from "@react-three/fiber";
import { XROrigin } from "@react-three/xr";
import { useEffect, useRef } from "react";
import type { Group } from "three";
import { listenRecentre } from "#lib/client/room/recentre.ts";
import { addXrFacts } from "#lib/client/room/xr-facts.ts";
import { followEyeLayers } from "#lib/client/xr/session/eye-layers.ts";
import { followSession } from "#lib/client/xr/session/follow-session.ts";
import {
  createSessionOrigin,
  recentre,
  restartOrigin,
  stepSessionOrigin,
} from "#lib/client/xr/session/session-origin.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** The session inside the scene: enters and leaves with the view, and puts the person in the middle. */
export function SessionBridge() {
  const xr = useThree((state) => state.gl.xr);
  const group = useRef<Group>(null);
  const origin = useRef(createSessionOrigin());
  const views = useRef(0);

  useEffect(() => followSession(), []);
  useEffect(() => listenRecentre(() => recentre(origin.current)), []);
  useEffect(() => {
    let stop = () => {};
    const stopSessions = xrStore.subscribe(({ originReferenceSpace: space, session }, previous) => {
      if (session && session !== previous.session) restartOrigin(origin.current);
      if (space === previous.originReferenceSpace) return;
      stop();
      const onReset = () => recentre(origin.current);
      space?.addEventListener("reset", onReset);
      stop = () => space?.removeEventListener("reset", onReset);
    });
    return () => {
      stopSessions();
      stop();
    };
  }, []);

  // Before everything that looks at where the head and the hands are.
  useFrame((_, __, frame?: XRFrame) => {
    if (!frame || !group.current) return;
    stepSessionOrigin(origin.current, group.current, xr, frame);
    const count = followEyeLayers(xr, frame, views.current);
    if (count === views.current) return;
    views.current = count;
    addXrFacts({ views: count });
  }, -1500);

  return <XROrigin ref={group} />;
}
