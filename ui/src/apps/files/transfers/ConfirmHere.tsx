// Asks within a transfer's line for the name of the server that would lose something for good.
import { useEffect, useRef, useState } from "react";
import { Button } from "../../../kit/Button";
import { ConfirmByName, isNamed } from "../../../kit/ConfirmByName";

export interface ConfirmHereProps {
  server: string;
  /** What the button says. */
  action: string;
  onConfirm: (typed: string) => void;
}

export function ConfirmHere({ server, action, onConfirm }: ConfirmHereProps) {
  const [typed, setTyped] = useState("");
  const all = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    all.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={all} className="scroll-mb-3">
      <ConfirmByName name={server} what="the server's name" typed={typed} onType={setTyped} onConfirm={() => onConfirm(typed)} field={field} />
      <Button look="danger" className="mt-1 mb-1" disabled={!isNamed(typed, server)} onClick={() => onConfirm(typed)}>
        {action}
      </Button>
    </div>
  );
}
