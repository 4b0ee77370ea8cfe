"use client";

import { useEffect, useState } from "react";

/** One quiet line for people who came with a headset; nobody else sees it. */
export function HeadsetLine() {
  const [hasHeadset, setHeadset] = useState(false);
  useEffect(() => {
    let isHere = true;
    // A permissions policy may forbid even asking: as good as no device.
    navigator.xr?.isSessionSupported("immersive-vr").then(
      (supported) => isHere && setHeadset(supported),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, []);
  if (!hasHeadset) return null;
  return (
    <p className="mt-5 text-sm text-muted">
      On a headset?{" "}
      <a
        href="/space?view=room"
        className="inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline"
      >
        Enter VR from the room
      </a>
    </p>
  );
}
