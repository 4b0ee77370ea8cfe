import { Component, type ReactNode } from "react";
import { RoomFault } from "#components/room/panels/room-fault.tsx";

interface RoomBoundaryProps {
  children: ReactNode;
}

/**
 * Where the room cannot be drawn (no WebGL, a lost context, a fault of ours), it
 * says so and leads back: the panels themselves are safe in the store.
 */
export class RoomBoundary extends Component<RoomBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return <RoomFault onRetry={() => this.setState({ hasFailed: false })} />;
  }
}
