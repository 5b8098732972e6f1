// The frame that makes one family of the app icons: a rounded square on a 64 px grid with a two-stop gradient, a light edge and a white glyph.
import { useId, type ReactNode } from "react";

export interface AppIconProps {
  size: number;
  /** The gradient, from top to bottom. */
  from: string;
  to: string;
  children: ReactNode;
}

export function AppIcon({ size, from, to, children }: AppIconProps) {
  const id = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" className="shrink-0">
      <defs>
        <linearGradient id={`${id}ground`} x1="0" y1="0" x2="0" y2="1">
          <stop stopColor={from} />
          <stop offset="1" stopColor={to} />
        </linearGradient>
        <linearGradient id={`${id}edge`} x1="0" y1="0" x2="0" y2="1">
          <stop stopColor="#fff" stopOpacity="0.45" />
          <stop offset="0.5" stopColor="#fff" stopOpacity="0.06" />
        </linearGradient>
      </defs>
      <rect x="2" y="2" width="60" height="60" rx="15" fill={`url(#${id}ground)`} />
      <rect x="2.75" y="2.75" width="58.5" height="58.5" rx="14.25" fill="none" stroke={`url(#${id}edge)`} strokeWidth="1.5" />
      {children}
    </svg>
  );
}
