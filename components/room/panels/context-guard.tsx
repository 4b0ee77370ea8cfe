import { useThree } from "@react-three/fiber";
import { useEffect } from "react";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";

/**
 * A graphics context can be taken away at any time (a driver that restarts, a phone
 * short of memory). Nothing but pictures is lost with it: they are painted again from
 * the documents as soon as it is back.
 */
export function ContextGuard({ onChange }: { onChange: (isLost: boolean) => void }) {
  const element = useThree((state) => state.gl.domElement);
  useEffect(() => {
    const onLost = (event: Event) => {
      // Without this the browser never gives it back.
      event.preventDefault();
      onChange(true);
    };
    const onRestored = () => {
      onChange(false);
      for (const panel of roomPanels) panel.rebuildTexture();
      stirRoom();
    };
    element.addEventListener("webglcontextlost", onLost);
    element.addEventListener("webglcontextrestored", onRestored);
    return () => {
      element.removeEventListener("webglcontextlost", onLost);
      element.removeEventListener("webglcontextrestored", onRestored);
    };
  }, [element, onChange]);
  return null;
}
