import { Component, type ReactNode } from "react";
import { setView } from "#lib/client/store/view-store.ts";

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
    return (
      <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 px-6 text-center">
        <h1 className="text-xl font-semibold">The room cannot be drawn here</h1>
        <p className="max-w-md text-muted">
          It needs WebGL, which this browser has switched off or lost. Your panels are safe in the flat view.
        </p>
        <div className="flex gap-2">
          <button
            type="button"
            className="min-h-11 rounded-control bg-accent px-4 font-medium text-on-accent"
            onClick={() => setView("flat")}
          >
            Back to the flat view
          </button>
          <button
            type="button"
            className="min-h-11 rounded-control border border-line px-4 font-medium"
            onClick={() => this.setState({ hasFailed: false })}
          >
            Try again
          </button>
        </div>
      </div>
    );
  }
}
