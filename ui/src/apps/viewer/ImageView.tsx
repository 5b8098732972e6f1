// An image: fitted to the window, or zoomed and moved; transparent parts show a checkered ground.
import { ImageOff, Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { contentUrl } from "../../api/files";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { IconButton } from "../../kit/IconButton";
import { nameOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import { DownloadLink } from "./DownloadLink";
import { PartSkeleton } from "./Part";
import type { ViewProps } from "./view";
import { fitScale, movedBy, START, zoomedAt, type Sizes } from "./zoom";
import "./viewer.css";

const ICON = { size: 16, strokeWidth: 1.75 };
const STEP = 1.25;
const PAN = 48;

export function ImageView(view: ViewProps) {
  const { server, path, version } = view;
  const ground = useRef<HTMLDivElement>(null);
  const [natural, setNatural] = useState<{ width: number; height: number } | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  /** Null: as large as fits. */
  const [place, setPlace] = useState<typeof START | null>(null);
  const grip = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    const element = ground.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setRoom({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const sizes: Sizes = { room, image: natural ?? { width: 1, height: 1 } };
  const fit = fitScale(sizes);
  const shown = place ?? { ...START, scale: fit };
  const zoom = (factor: number, at = { x: room.width / 2, y: room.height / 2 }) => setPlace(zoomedAt(shown, shown.scale * factor, at, sizes));
  const move = (x: number, y: number) => setPlace(movedBy(shown, { x, y }, sizes));

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = ground.current?.getBoundingClientRect();
    if (box !== undefined) zoom(Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 300), { x: event.clientX - box.left, y: event.clientY - box.top });
  });
  useEffect(() => {
    const element = ground.current;
    const listener = (event: WheelEvent) => onWheel(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, []);

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pans: Record<string, [number, number]> = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };
    const pan = pans[event.key];
    if (pan !== undefined) move(...pan);
    else if (event.key === "+" || event.key === "=") zoom(STEP);
    else if (event.key === "-") zoom(1 / STEP);
    else if (event.key === "0") setPlace(null);
    else if (event.key === "1") setPlace(zoomedAt(shown, 1, { x: room.width / 2, y: room.height / 2 }, sizes));
    else return;
    event.preventDefault();
  };
  const drag = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      grip.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (grip.current === null) return;
      move(event.clientX - grip.current.x, event.clientY - grip.current.y);
      grip.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => (grip.current = null),
    onPointerCancel: () => (grip.current = null),
  };

  if (hasFailed) {
    return (
      <CentrePanel icon={ImageOff} title="The image cannot be shown" line="It is damaged, not complete, or of a kind this browser does not know.">
        <Button onClick={() => view.onKind("hex")}>Show the bytes</Button>
        <DownloadLink server={server} path={path} look="primary" />
      </CentrePanel>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div
        ref={ground}
        role="group"
        aria-label="Image; plus and minus zoom, 0 fits, 1 is the true size, arrows move"
        tabIndex={0}
        onKeyDown={onKey}
        {...drag}
        onDoubleClick={() => setPlace(place === null ? zoomedAt(shown, 1, { x: room.width / 2, y: room.height / 2 }, sizes) : null)}
        className="relative min-h-0 grow touch-none overflow-hidden bg-sunken focus-visible:-outline-offset-2"
      >
        {natural === null && <PartSkeleton />}
        <img
          src={contentUrl(server, path)}
          key={`${path} ${version ?? ""}`}
          alt={visibleText(nameOf(path), 200)}
          draggable={false}
          onLoad={({ currentTarget: image }) => setNatural({ width: image.naturalWidth || 300, height: image.naturalHeight || 300 })}
          onError={() => setHasFailed(true)}
          className="checkered absolute top-1/2 left-1/2 max-w-none"
          style={
            natural === null
              ? { visibility: "hidden" }
              : {
                  width: natural.width * shown.scale,
                  height: natural.height * shown.scale,
                  transform: `translate(calc(-50% + ${shown.x}px), calc(-50% + ${shown.y}px))`,
                  imageRendering: shown.scale >= 3 ? "pixelated" : "auto",
                }
          }
        />
      </div>
      <div className="figures flex h-9 shrink-0 items-center gap-1 border-t border-line bg-window px-2 text-small text-ink-soft max-wide:h-12" role="toolbar" aria-label="Zoom">
        <span className="px-1 whitespace-nowrap">{natural === null ? "–" : `${natural.width} × ${natural.height}`}</span>
        <span className="grow" />
        <IconButton label="Smaller (−)" tooltipSide="top" icon={<ZoomOut {...ICON} />} disabled={natural === null} onClick={() => zoom(1 / STEP)} />
        <button type="button" title="True size (1)" className="h-7 min-w-14 rounded-control hover:bg-hover hover:text-ink max-wide:h-11" disabled={natural === null} onClick={() => setPlace(zoomedAt(shown, 1, { x: room.width / 2, y: room.height / 2 }, sizes))}>
          {natural === null ? "–" : `${Math.round(shown.scale * 100)} %`}
        </button>
        <IconButton label="Larger (+)" tooltipSide="top" icon={<ZoomIn {...ICON} />} disabled={natural === null} onClick={() => zoom(STEP)} />
        <IconButton label="Fit to the window (0)" tooltipSide="top" icon={<Maximize {...ICON} />} disabled={natural === null || place === null} onClick={() => setPlace(null)} />
      </div>
    </div>
  );
}
