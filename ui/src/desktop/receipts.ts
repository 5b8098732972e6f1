// Disconnecting, and the receipt that is shown after it: what was run, written and moved on the server.
import { create } from "zustand";
import { readReceipt } from "../api/activity";
import { disconnect } from "../api/servers";
import type { Receipt, Server } from "../api/types";

export interface ReceiptState {
  /** Null: none is shown. */
  shown: { server: Server; receipt: Receipt } | null;
}

export const useReceipts = create<ReceiptState>(() => ({ shown: null }));

/** Ends the connection; the receipt comes once it is closed. What goes wrong shows as the server's state. */
export async function disconnectWithReceipt(server: Server): Promise<void> {
  const hadConnection = server.state.status === "connected" || server.state.status === "reconnecting";
  try {
    await disconnect(server.id);
    const receipt = hadConnection ? await readReceipt(server.id) : null;
    if (receipt !== null) useReceipts.setState({ shown: { server, receipt } });
  } catch {
    // The server's own state tells, and the journal has it all the same.
  }
}

export function closeReceipt(): void {
  useReceipts.setState({ shown: null });
}
