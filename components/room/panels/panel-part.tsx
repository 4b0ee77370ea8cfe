import { Component, type ReactNode, Suspense } from "react";

interface PanelPartProps {
  /** For the console, so that a fault is found. */
  name: string;
  children: ReactNode;
}

/** A part of the scene that fails or waits alone: the others go on without it. */
export class PanelPart extends Component<PanelPartProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.warn(`the room goes on without its ${this.props.name}`, error);
  }

  override render() {
    return this.state.hasFailed ? null : <Suspense fallback={null}>{this.props.children}</Suspense>;
  }
}
