// An address that lets one other browser in: shown once, good for a minute, and taken back when a person says so.
import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import { describeError } from "../../../api/errors";
import { askForAddress, takeAddressBack } from "../../../api/sessions";
import { Button } from "../../../kit/Button";
import { CopyButton } from "../../../kit/CopyButton";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { useNow } from "../../../kit/useNow";
import { clamp } from "../../../lib/numbers";
import { useSaving } from "../useSaving";

interface Address {
  url: string;
  untilMs: number;
  goodForSeconds: number;
}

export function AnotherBrowser() {
  const [address, setAddress] = useState<Address | null>(null);
  const saving = useSaving();
  const ask = () =>
    void saving.run(async () => {
      const { launchUrl, goodForSeconds } = await askForAddress();
      setAddress({ url: launchUrl, untilMs: Date.now() + goodForSeconds * 1000, goodForSeconds });
    });
  return (
    <div className="flex flex-col gap-3">
      {address === null ? (
        <div>
          <Button icon={<ExternalLink size={15} strokeWidth={1.75} />} isBusy={saving.isBusy} onClick={ask}>
            Open in another browser
          </Button>
        </div>
      ) : (
        <Shown
          key={address.url}
          address={address}
          onGone={() => setAddress(null)}
          onTakeBack={() => {
            setAddress(null);
            void saving.run(takeAddressBack);
          }}
        />
      )}
      {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
    </div>
  );
}

function Shown({ address, onGone, onTakeBack }: { address: Address; onGone: () => void; onTakeBack: () => void }) {
  // The clock that ticks may be a second behind.
  const seconds = clamp(Math.ceil((address.untilMs - useNow(1000)) / 1000), 0, address.goodForSeconds);
  useEffect(() => {
    if (seconds === 0) onGone();
  }, [seconds, onGone]);
  return (
    <section aria-label="Address for another browser" className="rounded-card border border-line bg-card p-3">
      <p className="font-medium">Open this address in another browser of this computer</p>
      <p className="text-small text-ink-soft">
        It is good once, for <span className="figures">{seconds}</span> more {seconds === 1 ? "second" : "seconds"}. Whoever opens it can do all that you can.
      </p>
      <div className="mt-2 flex items-center gap-1 rounded-control bg-window py-1 pr-1 pl-2.5">
        <code className="min-w-0 grow text-mono [overflow-wrap:anywhere]">{address.url}</code>
        <CopyButton label="Copy the address" text={address.url} />
      </div>
      <div className="mt-2 flex justify-end">
        <Button onClick={onTakeBack}>Take back</Button>
      </div>
    </section>
  );
}
