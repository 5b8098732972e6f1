// Port forwarding as the desktop knows it.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

const Ports = later(async () => (await import("./Ports")).Ports);

export const ports: AppManifest = {
  id: "ports",
  title: "Port forwarding",
  summary: "Open the server's web pages and services on this computer; SOCKS",
  size: { width: 860, height: 600 },
  Component: Ports,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#3fb6a8" to="#17647a">
      <path d="M13 20.5h14a8 8 0 0 1 8 8v7a8 8 0 0 0 8 8h6" fill="none" stroke="#fff" strokeWidth="4.5" strokeLinecap="round" />
      <path d="M44.5 36.5l7 7-7 7" fill="none" stroke="#fff" strokeWidth="4.5" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="15" cy="20.5" r="5.5" fill="#fff" />
      <path d="M41 20.5h10" fill="none" stroke="#fff" strokeOpacity=".55" strokeWidth="4.5" strokeLinecap="round" strokeDasharray=".1 8" />
    </AppIcon>
  ),
};
