// How urgent a transfer is, to see and to choose.
import { ChevronsDown, ChevronsUp, ListOrdered } from "lucide-react";
import type { TransferPriority } from "../../../api/fileTypes";
import { IconButton } from "../../../kit/IconButton";
import { Menu } from "../../../kit/Menu";
import { MenuHeading, MenuRadios } from "../../../kit/MenuChoices";

const ICON = { size: 14, strokeWidth: 1.75 };
const ICONS: Record<TransferPriority, typeof ListOrdered> = { high: ChevronsUp, normal: ListOrdered, low: ChevronsDown };
const CHOICES = [
  { value: "high", label: "High: before the others" },
  { value: "normal", label: "Normal" },
  { value: "low", label: "Low: behind the others" },
] as const;

export function PriorityMenu({ title, priority, onChange }: { title: string; priority: TransferPriority; onChange: (priority: TransferPriority) => void }) {
  const Icon = ICONS[priority];
  return (
    <Menu align="end" trigger={<IconButton label={`Priority ${priority}: ${title}`} icon={<Icon {...ICON} />} className={priority === "high" ? "text-accent-ink wide:size-6" : "wide:size-6"} />}>
      <MenuHeading>Priority</MenuHeading>
      <MenuRadios label="Priority" value={priority} choices={CHOICES} isLast onChange={onChange} />
    </Menu>
  );
}
