// Keeps a fault in what is shown from taking the rest of the page along.
import { Component, type ReactNode } from "react";

export interface BoundaryProps {
  /** Shown in place of what failed; may say why, and have it tried again. */
  fallback: ReactNode | ((fault: string, again: () => void) => ReactNode);
  children: ReactNode;
}

interface BoundaryState {
  /** Null while nothing has failed. */
  fault: string | null;
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { fault: null };

  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { fault: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    const { fallback, children } = this.props;
    if (fault === null) return children;
    return typeof fallback === "function" ? fallback(fault, () => this.setState({ fault: null })) : fallback;
  }
}
