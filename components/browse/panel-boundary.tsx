import { Component, type ReactNode } from "react";

interface PanelBoundaryProps {
  /** Another page is another chance. */
  resetKey: string;
  children: ReactNode;
}

/** Keeps a fault in drawing one panel to that panel. */
export class PanelBoundary extends Component<PanelBoundaryProps, { failedKey: string | null }> {
  override state = { failedKey: null as string | null };

  static getDerivedStateFromProps(props: PanelBoundaryProps, state: { failedKey: string | null }) {
    return state.failedKey !== null && state.failedKey !== "" && state.failedKey !== props.resetKey
      ? { failedKey: null }
      : null;
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ failedKey: this.props.resetKey });
  }

  static getDerivedStateFromError() {
    return { failedKey: "" };
  }

  override render(): ReactNode {
    if (this.state.failedKey === null) return this.props.children;
    return (
      <div className="grid size-full place-items-center p-6 text-center" role="alert">
        <div className="flex max-w-sm flex-col items-center gap-3">
          <h1 className="text-lg font-semibold">This page could not be drawn</h1>
          <p className="text-sm text-muted">
            The fault is Qui’s. Your other tabs are not affected, and all of them come back after a reload.
          </p>
          <button
            type="button"
            onClick={() => window.location.reload()}
            className="min-h-10 rounded-control bg-accent px-4 text-sm font-medium text-on-accent hover:opacity-90"
          >
            Reload Qui
          </button>
        </div>
      </div>
    );
  }
}
