// Plays a recording, with its controls: play and pause, the position, the speed, and long pauses cut short.
import { Pause, Play, RotateCcw } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { usePreferences } from "../../../api/preferences";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { IconButton } from "../../../kit/IconButton";
import { useStepFocus } from "../../../kit/StepDialog";
import { Switch } from "../../../kit/Switch";
import { plural } from "../../../lib/numbers";
import { visibleText } from "../../../lib/visibleText";
import { useIsDark } from "../media";
import { groundOf } from "../schemes/ground";
import { schemeOf } from "../schemes/schemes";
import type { Cast } from "./asciicast";
import { SeekBar } from "./SeekBar";
import { formatTimecode } from "./timeline";
import { IDLE_LIMIT_MS, usePlayback } from "./usePlayback";

type Speed = "0.5" | "1" | "2" | "4";
const SPEEDS: readonly Choice<Speed>[] = [
  { value: "0.5", label: "0.5×" },
  { value: "1", label: "1×" },
  { value: "2", label: "2×" },
  { value: "4", label: "4×" },
];
const KEYS = <span className="max-wide:hidden">Space plays and pauses, ← and → jump five seconds.</span>;
const JUMP_MS = 5000;
const ICON = { size: 18, strokeWidth: 2 } as const;

export function CastPlayer({ cast, isRunning }: { cast: Cast; isRunning: boolean }) {
  const { room, playback, state, link } = usePlayback(cast);
  const { positionMs, durationMs, isPlaying } = state;
  const [speed, setSpeed] = useState<Speed>("1");
  const [isShort, setIsShort] = useState(true);
  const play = useStepFocus<HTMLButtonElement>();
  const scheme = schemeOf(usePreferences((all) => all.terminal), useIsDark());
  const isAtEnd = !isPlaying && positionMs >= durationMs;

  const toggle = () => (isPlaying ? playback.current?.pause() : playback.current?.play());
  const seek = (toMs: number) => playback.current?.seek(toMs);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const { target } = event;
    // Buttons press, and choices move, by the same keys.
    const isOwn = target instanceof HTMLElement && target.closest("button, input") !== null;
    if (event.key === " " && !isOwn) toggle();
    else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && !(target instanceof HTMLInputElement)) seek(positionMs + (event.key === "ArrowLeft" ? -JUMP_MS : JUMP_MS));
    else return;
    event.preventDefault();
  };

  const Glyph = isPlaying ? Pause : isAtEnd ? RotateCcw : Play;
  return (
    <div role="group" aria-label="Player" onKeyDown={onKeyDown}>
      <div className="overflow-hidden rounded-card border border-line p-2" style={groundOf(scheme)}>
        <div className="grid place-items-center">
          <div ref={room} className="min-h-20" />
        </div>
      </div>
      <div className="mt-2 flex items-center gap-3">
        <IconButton
          ref={play}
          label={isPlaying ? "Pause" : isAtEnd ? "Play again" : "Play"}
          icon={<Glyph {...ICON} />}
          className="size-8! bg-accent! text-on-solid! hover:bg-accent-hover! max-wide:size-11!"
          onClick={toggle}
        />
        <SeekBar positionMs={positionMs} durationMs={durationMs} onSeek={seek} />
        <span className="figures shrink-0 text-small text-ink-soft">
          {formatTimecode(positionMs)} <span className="text-ink-faint">/ {formatTimecode(durationMs)}</span>
        </span>
      </div>
      <div className="mt-2 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <ChoiceGroup
          legend="Speed"
          choices={SPEEDS}
          value={speed}
          onChange={(next) => {
            setSpeed(next);
            playback.current?.setSpeed(Number(next));
          }}
        />
        <Switch
          label={`Cut pauses to ${IDLE_LIMIT_MS / 1000} s`}
          className="pb-1.5"
          isOn={isShort}
          onChange={(next) => {
            setIsShort(next);
            playback.current?.setIdleLimit(next ? IDLE_LIMIT_MS : null);
          }}
        />
      </div>
      <p className="mt-2 min-h-4 truncate text-small text-ink-faint">
        {link === null ? (noteOn(cast, isRunning) ?? KEYS) : `Ctrl+click opens ${visibleText(link, 200)}`}
      </p>
    </div>
  );
}

function noteOn({ isCut, skippedLines }: Cast, isRunning: boolean): string | null {
  if (isRunning) return "Still being recorded; this is what there is so far.";
  if (isCut) return "This is the beginning: the file is too large to be played here as a whole.";
  return skippedLines > 0 ? `${plural(skippedLines, "line")} of the file could not be read and ${skippedLines === 1 ? "was" : "were"} left out.` : null;
}
