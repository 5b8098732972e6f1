// The icons on the desktop: a double click or Enter opens, one tap does on a touch screen, arrow keys go from one to the next.
import { useState, type ComponentProps, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import type { AppManifest } from "../apps/manifest";
import { APPS } from "../apps/index";
import { classes } from "../lib/classes";
import { clamp } from "../lib/numbers";
import { useFilesOn } from "./dragOver";
import { openApp } from "./workspaces";

export function DesktopIcons() {
  const [current, setCurrent] = useState(0);
  const [pointer, setPointer] = useState("");

  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = clamp(current + step, 0, APPS.length - 1);
    setCurrent(next);
    event.currentTarget.querySelectorAll("button").item(next).focus();
  };
  const onClick = (event: MouseEvent, app: AppManifest) => {
    // A click without a pointer comes from the keyboard or from assistive technology.
    if (event.detail === 0 || pointer === "touch") openApp(app);
  };
  return (
    <ul aria-label="Desktop icons" onKeyDown={move} className="absolute inset-0 flex flex-col flex-wrap content-start gap-1 p-3 max-wide:flex-row">
      {APPS.map((app, index) => (
        <li key={app.id}>
          <Icon
            app={app}
            tabIndex={index === current ? 0 : -1}
            onFocus={() => setCurrent(index)}
            onPointerDown={(event: PointerEvent) => setPointer(event.pointerType)}
            onClick={(event) => onClick(event, app)}
            onDoubleClick={() => openApp(app)}
          />
        </li>
      ))}
    </ul>
  );
}

function Icon({ app, ...rest }: { app: AppManifest } & ComponentProps<"button">) {
  const { isOver, handlers } = useFilesOn(app.id);
  return (
    <button
      type="button"
      className={classes(
        "flex w-23 flex-col items-center gap-1.5 rounded-card border px-1 py-2.5 select-none hover:bg-on-solid/10 focus:bg-on-solid/15 focus-visible:outline-on-solid",
        isOver ? "border-on-solid bg-on-solid/20" : "border-transparent",
      )}
      {...rest}
      {...handlers}
    >
      <app.Icon size={52} />
      <span className="rounded-control bg-tooltip/80 px-1.5 text-small font-medium text-on-tooltip">{app.title}</span>
    </button>
  );
}
