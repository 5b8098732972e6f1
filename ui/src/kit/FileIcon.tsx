// The icons of files: one small family on a 32 px grid, a folder or a sheet with a mark of its kind; links carry an arrow, broken ones a cross.
import type { ReactNode } from "react";
import type { FileFamily } from "../lib/fileFamily";

export interface FileIconProps {
  /** `device` is anything that is no file and no folder. */
  kind: FileFamily | "folder" | "device";
  size: number;
  isLink?: boolean;
  isBroken?: boolean;
}

const STROKE = { fill: "none", strokeWidth: 1.9, strokeLinecap: "round", strokeLinejoin: "round" } as const;

/** The mark of each kind, in the lower part of the sheet, and its colour. */
const MARKS: Record<Exclude<FileIconProps["kind"], "folder">, { ink: string; mark: ReactNode }> = {
  image: { ink: "stroke-file-image", mark: <path d="m9.5 24 4.2-5 3 3.4 2-2.2 3.8 3.8M19.8 15.2h.01" {...STROKE} /> },
  audio: { ink: "stroke-file-media", mark: <path d="M13.5 23.4v-8.2l6-1.4v8M13.5 23.4a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0ZM19.5 21.8a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0Z" {...STROKE} /> },
  video: { ink: "stroke-file-media", mark: <path d="m13 15 7 4.2-7 4.2z" {...STROKE} /> },
  pdf: { ink: "stroke-file-pdf", mark: <path d="M10.5 23.5c4-2 6-6 5.4-8.6-.3-1.3-1.6-1-1.5.4.3 3.2 3.4 6.4 7.3 6.3" {...STROKE} /> },
  archive: { ink: "stroke-file-archive", mark: <path d="M16 4.5v2M16 9v2M16 13.5v2M14 18.5h4v4.5h-4z" {...STROKE} /> },
  code: { ink: "stroke-file-code", mark: <path d="m13 15.5-3.4 3.7L13 23M19 15.5l3.4 3.7L19 23" {...STROKE} /> },
  text: { ink: "stroke-file-plain", mark: <path d="M10.5 15h11M10.5 19h11M10.5 23h6.5" {...STROKE} /> },
  config: { ink: "stroke-file-code", mark: <path d="M10.5 16.5h5M19.5 16.5h2M10.5 22h2M16.5 22h5M17.5 14.8v3.4M14.5 20.3v3.4" {...STROKE} /> },
  database: { ink: "stroke-file-code", mark: <path d="M10.5 16c0-1.2 2.5-2 5.5-2s5.5.8 5.5 2-2.5 2-5.5 2-5.5-.8-5.5-2Zm0 0v6.5c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2V16" {...STROKE} /> },
  disk: { ink: "stroke-file-plain", mark: <path d="M21.5 19.2a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM16 19.2h.01" {...STROKE} /> },
  font: { ink: "stroke-file-plain", mark: <path d="m11 24 5-10 5 10M12.8 20.8h6.4" {...STROKE} /> },
  key: { ink: "stroke-file-archive", mark: <path d="M15.6 18.2a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0Zm0 0h6.6v2.6M19.2 18.2v2" {...STROKE} /> },
  log: { ink: "stroke-file-plain", mark: <path d="M10.5 15h.01M14 15h7.5M10.5 19h.01M14 19h7.5M10.5 23h.01M14 23h4" {...STROKE} /> },
  other: { ink: "stroke-file-plain", mark: null },
  device: { ink: "stroke-file-plain", mark: <path d="M12 15.5h8v7h-8zM14 15.5v-2M18 15.5v-2M14 24.5v-2M18 24.5v-2" {...STROKE} /> },
};

export function FileIcon({ kind, size, isLink = false, isBroken = false }: FileIconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      {kind === "folder" ? (
        <>
          <path d="M3 9a3 3 0 0 1 3-3h6.2a3 3 0 0 1 2.2 1L16 8.7h10a3 3 0 0 1 3 3V13H3z" className="fill-folder-back" />
          <path d="M3 13.2A2.2 2.2 0 0 1 5.2 11h21.6a2.2 2.2 0 0 1 2.2 2.2V23a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3z" className="fill-folder" />
        </>
      ) : (
        <g className={MARKS[kind].ink}>
          <path d="M6 5.5A2.5 2.5 0 0 1 8.5 3H19l7 7v16.5A2.5 2.5 0 0 1 23.5 29h-15A2.5 2.5 0 0 1 6 26.5z" className="fill-file stroke-file-edge" strokeWidth="1" />
          <path d="M19 3v5.5A1.5 1.5 0 0 0 20.5 10H26z" className="fill-file-fold stroke-file-edge" strokeWidth="1" strokeLinejoin="round" />
          {MARKS[kind].mark}
        </g>
      )}
      {isLink && (
        <>
          <circle cx="9.5" cy="23.5" r="7" className="fill-window" />
          <circle cx="9.5" cy="23.5" r="6" className={isBroken ? "fill-bad-solid" : "fill-link-mark"} />
          <path d={isBroken ? "m7.2 21.2 4.6 4.6M11.8 21.2l-4.6 4.6" : "M7 26c0-3 1.5-4.2 4.8-4.2M9.7 19.7l2.3 2.1-2.3 2.1"} className="stroke-on-solid" {...STROKE} strokeWidth={1.7} />
        </>
      )}
    </svg>
  );
}
