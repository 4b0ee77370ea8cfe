import { Component, type ReactNode } from "react";
import { RoomFault } from "#components/room/panels/room-fault.tsx";
import { hadWebGl, hasWebGl } from "#lib/client/xr/has-webgl.ts";
import { type RoomFaultSigns, roomFaultKind } from "#lib/core/room-ui/room-fault.ts";

interface RoomBoundaryProps {
  /** The room's own graphics context was taken away; the browser may give another one. */
  isLost: boolean;
  onRetry: () => void;
  children: ReactNode;
}

type Signs = Omit<RoomFaultSigns, "isLost">;

/**
 * Where the room cannot be drawn (no WebGL, a lost context, too little memory, a
 * fault of ours), it says which and leads back: the panels themselves are safe in
 * the store.
 */
export class RoomBoundary extends Component<RoomBoundaryProps, { signs: Signs | null }> {
  override state: { signs: Signs | null } = { signs: null };

  static getDerivedStateFromError(error: unknown) {
    return { signs: { error, hasWebGl: hasWebGl(), hadWebGl: hadWebGl() } };
  }

  override componentDidCatch(error: unknown): void {
    console.warn("the room stopped", error);
  }

  override render() {
    const { children, isLost, onRetry } = this.props;
    const { signs } = this.state;
    if (!signs) return children;
    const retry = () => {
      onRetry();
      this.setState({ signs: null });
    };
    return <RoomFault kind={roomFaultKind({ ...signs, isLost })} onRetry={retry} />;
  }
}
