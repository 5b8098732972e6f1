// Copies a text and says for a moment that it did, or that it could not.
import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./IconButton";

const SAID_MS = 1600;

export function CopyButton({ label, text }: { label: string; text: string }) {
  const [result, setResult] = useState<"none" | "copied" | "failed">("none");
  useEffect(() => {
    if (result === "none") return undefined;
    const timer = window.setTimeout(() => setResult("none"), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [result]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setResult("copied");
    } catch {
      setResult("failed");
    }
  };
  const Icon = result === "copied" ? Check : result === "failed" ? X : Copy;
  return (
    <>
      <IconButton label={label} icon={<Icon size={16} strokeWidth={1.75} />} onClick={() => void copy()} />
      <span role="status" className="sr-only">
        {result === "copied" ? "Copied" : result === "failed" ? "Could not copy" : ""}
      </span>
    </>
  );
}
