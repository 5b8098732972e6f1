// Keeps a fault in what is shown from taking the rest of the page along.
import { Component, type ReactNode } from "react";

export interface BoundaryProps {
  /** Shown in place of what failed. */
  fallback: ReactNode;
  children: ReactNode;
}

export class Boundary extends Component<BoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
