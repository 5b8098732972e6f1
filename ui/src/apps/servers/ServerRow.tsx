// A server in the list: its colour, name, marks and tags, where it is, how its connection stands, and the buttons to go there.
import { Check, Ellipsis, StickyNote, TriangleAlert } from "lucide-react";
import { remarksOf } from "../../api/connectionRemarks";
import { addressOf, isFromConfig } from "../../api/servers";
import type { Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { Menu } from "../../kit/Menu";
import { ProductionBadge } from "../../kit/ProductionBadge";
import { Tooltip } from "../../kit/Tooltip";
import { useNow } from "../../kit/useNow";
import { classes } from "../../lib/classes";
import { formatAgo, formatExact } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { ConnectionCell } from "./ConnectionCell";
import { RowMenu, type Act } from "./RowMenu";
import { indentOf, TRACKS } from "./tracks";

const MOST_TAGS = 3;
const MINUTE_MS = 60_000;

export interface ServerRowProps {
  id: string;
  at: number;
  server: Server;
  depth: number;
  isActive: boolean;
  isPicked: boolean;
  /** Whether several are chosen, which the boxes show. */
  hasPicked: boolean;
  isFocused: boolean;
  isPhone: boolean;
  act: Act;
}

export function ServerRow({ id, at, server, depth, isActive, isPicked, hasPicked, isFocused, isPhone, act }: ServerRowProps) {
  const common = { id, role: "row", "aria-rowindex": at + 2, "aria-level": depth + 1, "aria-selected": isPicked, "data-at": at, "data-color": server.color } as const;
  const look = classes("group/row hover:bg-hover", isPicked && "bg-accent-ground", isFocused && "-outline-offset-1 outline-accent-ink group-focus/list:outline-1");
  const menu = (
    <Menu
      align="end"
      trigger={
        <button type="button" aria-label={`More for ${server.name}`} className="grid size-7 shrink-0 place-items-center rounded-control text-ink-soft hover:bg-hover data-popup-open:bg-pressed max-wide:size-11">
          <Ellipsis size={16} strokeWidth={1.75} />
        </button>
      }
    >
      <RowMenu servers={[server]} act={act} />
    </Menu>
  );
  if (isPhone) {
    return (
      <div {...common} className={classes("flex h-15 items-center gap-2 pr-1 pl-3", look)}>
        <div role="gridcell" className={classes("flex min-w-0 grow items-center gap-3", indentOf(depth))}>
          <span className="h-9 w-1 shrink-0 rounded-full bg-identity" />
          <Words server={server} isActive={isActive} />
        </div>
        <div role="gridcell" className="shrink-0">
          <ConnectionCell server={server} isShort />
        </div>
        <div role="gridcell" className="shrink-0">
          {menu}
        </div>
      </div>
    );
  }
  return (
    <div {...common} className={classes("h-12 items-center px-2", TRACKS, look)}>
      <div role="gridcell" className={classes("flex min-w-0 items-center gap-2.5", indentOf(depth))}>
        <span
          data-box=""
          aria-hidden="true"
          className={classes(
            "ml-2 grid size-4 shrink-0 place-items-center rounded-[4px] border",
            isPicked ? "border-transparent bg-accent text-on-solid" : "border-control-line bg-card",
            !isPicked && !hasPicked && "opacity-0 group-hover/row:opacity-100",
          )}
        >
          {isPicked && <Check size={12} strokeWidth={3} />}
        </span>
        <span className="h-8 w-1 shrink-0 rounded-full bg-identity" />
        <Words server={server} isActive={isActive} />
      </div>
      <div role="gridcell" className="min-w-0 px-2">
        <ConnectionCell server={server} onRetry={() => act.connect([server])} />
      </div>
      <div role="gridcell" className="figures truncate px-2 text-small text-ink-soft @max-medium:hidden">
        <LastSeen server={server} />
      </div>
      <div role="gridcell" className="flex items-center justify-end gap-1">
        <Button onClick={() => act.open(server)} aria-label={`Open ${server.name}`}>
          Open
        </Button>
        {menu}
      </div>
    </div>
  );
}

function Words({ server, isActive }: { server: Server; isActive: boolean }) {
  const remarks = remarksOf(server);
  const rest = server.tags.length - MOST_TAGS;
  return (
    <span className="min-w-0 grow">
      <span className="flex min-w-0 items-center gap-1.5">
        <bdi className="truncate font-semibold">{visibleText(server.name, 100)}</bdi>
        {isActive && <span className="shrink-0 text-caption text-ink-faint">Current</span>}
        {server.production && <ProductionBadge />}
        {server.origin !== null && (
          <Tooltip text={visibleText(server.origin, 300)}>
            <span className="shrink-0">
              <Badge>ssh config</Badge>
            </span>
          </Tooltip>
        )}
        {!server.saved && !isFromConfig(server) && <Badge>Not saved</Badge>}
        {remarks !== null && (
          <Tooltip text={`${remarks}. More in Connection details.`}>
            <span className="flex shrink-0 items-center gap-1 rounded-full bg-warn-ground px-1.5 text-caption font-medium text-warn">
              <TriangleAlert size={11} strokeWidth={2} aria-hidden="true" />
              <span className="@max-medium:sr-only">{remarks}</span>
            </span>
          </Tooltip>
        )}
        {server.notes !== "" && (
          <Tooltip text={<span className="block max-w-80 whitespace-pre-line">{visibleText(server.notes.slice(0, 400).replaceAll("\n", " · "), 400)}</span>}>
            <span className="shrink-0 text-ink-faint">
              <StickyNote size={13} strokeWidth={1.75} aria-hidden="true" />
              <span className="sr-only">Has notes</span>
            </span>
          </Tooltip>
        )}
        <span className="flex min-w-0 shrink-[99] gap-1 overflow-hidden @max-medium:hidden">
          {server.tags.slice(0, MOST_TAGS).map((tag) => (
            <Badge key={tag}>{visibleText(tag, 24)}</Badge>
          ))}
          {rest > 0 && <Badge>+{rest}</Badge>}
        </span>
      </span>
      <bdi className="block truncate text-small text-ink-faint">
        {visibleText(addressOf(server), 300)}
        {server.jump.length > 0 && ` via ${visibleText(server.jump.join(", "), 200)}`}
      </bdi>
    </span>
  );
}

function Badge({ children }: { children: React.ReactNode }) {
  return <span className="shrink-0 rounded-full border border-line-strong px-1.5 text-caption leading-4 text-ink-soft">{children}</span>;
}

function LastSeen({ server }: { server: Server }) {
  const nowMs = useNow(MINUTE_MS);
  if (server.state.status === "connected") return "Now";
  if (server.lastSeen === null) return "–";
  return <time title={formatExact(server.lastSeen)} dateTime={server.lastSeen}>{formatAgo(server.lastSeen, nowMs)}</time>;
}
