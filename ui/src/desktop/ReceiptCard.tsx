// The receipt of a connection that was ended: a card over the desktop that stays until it is closed, and the whole of it on demand.
import { ReceiptText, X } from "lucide-react";
import { useState } from "react";
import type { Receipt, Server } from "../api/types";
import { activity } from "../apps/activity/manifest";
import { titleOf } from "../api/activityWords";
import { Button } from "../kit/Button";
import { Dialog } from "../kit/Dialog";
import { IconButton } from "../kit/IconButton";
import { FactList } from "../kit/MachineText";
import { formatBytes } from "../lib/bytes";
import { formatClock, formatExact } from "../lib/time";
import { visibleText } from "../lib/visibleText";
import { leftWords, receiptWords } from "./receiptWords";
import { closeReceipt, useReceipts } from "./receipts";
import { showServer } from "./shell";
import { openApp } from "./workspaces";

export function ReceiptCard() {
  const shown = useReceipts((state) => state.shown);
  if (shown === null) return null;
  return <Card key={`${shown.server.id} ${shown.receipt.since}`} {...shown} />;
}

function Card({ server, receipt }: { server: Server; receipt: Receipt }) {
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      <div
        role="status"
        aria-label={`Receipt of ${server.name}`}
        data-color={server.color}
        className="absolute right-3 bottom-16 z-20 flex w-90 max-w-[calc(100%-24px)] animate-appear gap-3 rounded-card border-l-3 border-identity bg-popover py-3 pr-2 pl-3 text-ink shadow-popover"
      >
        <ReceiptText size={18} strokeWidth={1.75} className="mt-0.5 shrink-0 text-ink-soft" aria-hidden="true" />
        <div className="min-w-0 grow">
          <p className="font-semibold [overflow-wrap:anywhere]">Disconnected from {visibleText(server.name, 80)}</p>
          <p className="mt-0.5 text-ink-soft">{receiptWords(receipt)}</p>
          <p className={receipt.left.length === 0 ? "text-ink-soft" : "text-warn"}>{leftWords(receipt)}</p>
          <Button look="quiet" className="-ml-2.5 mt-1" onClick={() => setIsWhole(true)}>
            Show the receipt
          </Button>
        </div>
        <IconButton label="Close the receipt" icon={<X size={15} strokeWidth={1.75} />} onClick={closeReceipt} className="-mt-1" />
      </div>
      {isWhole && <Whole server={server} receipt={receipt} onClose={() => setIsWhole(false)} />}
    </>
  );
}

function Whole({ server, receipt, onClose }: { server: Server; receipt: Receipt; onClose: () => void }) {
  const openActivity = () => {
    closeReceipt();
    // As it is now: a server that was just left is not connected for it.
    showServer(server.id);
    openApp(activity);
  };
  return (
    <Dialog
      title={`What was done on ${visibleText(server.name, 80)}`}
      lead={`Since ${formatExact(receipt.since)}`}
      width="medium"
      isOpen
      onClose={onClose}
      isText
      footer={
        <>
          <Button onClick={openActivity}>Open Activity</Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FactList
          facts={[
            ["Commands that only read", String(receipt.reads)],
            ["Other commands", String(receipt.changes)],
            ["File changes", String(receipt.fileChanges)],
            ["Terminals", String(receipt.terminals)],
            ["Forwarded ports", String(receipt.forwardedPorts)],
            ["Moved", formatBytes(receipt.bytes)],
          ]}
        />
        <p className={receipt.left.length === 0 ? "text-ink-soft" : "text-warn"}>{leftWords(receipt)}</p>
        {receipt.left.length > 0 && (
          <ul className="font-mono text-mono [overflow-wrap:anywhere]">
            {receipt.left.map((path) => (
              <li key={path}>
                <bdi>{visibleText(path, 400)}</bdi>
              </li>
            ))}
          </ul>
        )}
        {receipt.named.length > 0 && (
          <section aria-label="Written, opened and changed">
            <h3 className="mb-1 text-small font-medium text-ink-soft">Written, opened and changed{receipt.named.length >= 50 ? " (the first 50)" : ""}</h3>
            <ul className="divide-y divide-line rounded-control border border-line">
              {receipt.named.map((entry) => (
                <li key={entry.id} className="flex items-baseline gap-3 px-3 py-1">
                  <span className="figures shrink-0 text-small text-ink-faint">{formatClock(entry.at, true)}</span>
                  <span className="min-w-0">
                    {titleOf(visibleText(entry.what, 120))} <bdi className="font-mono text-mono text-ink-soft [overflow-wrap:anywhere]">{visibleText(entry.command, 300)}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {receipt.byWhat.length > 0 && (
          <section aria-label="By purpose">
            <h3 className="mb-1 text-small font-medium text-ink-soft">By purpose</h3>
            <ul className="columns-2 gap-6 text-small max-wide:columns-1">
              {receipt.byWhat.map(({ what, count }) => (
                <li key={what} className="flex justify-between gap-3 py-0.5">
                  <bdi className="min-w-0 truncate">{titleOf(visibleText(what, 120))}</bdi>
                  <span className="figures text-ink-soft">{count}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}
