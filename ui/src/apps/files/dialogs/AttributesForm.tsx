// Permissions, owner and group of some files; in folders for all below as well, with modes of their own for files and folders.
import { useId, useState } from "react";
import { createPortal } from "react-dom";
import { knownFolder } from "../../../api/folders";
import type { Attributes, FileInfo } from "../../../api/fileTypes";
import { Button } from "../../../kit/Button";
import { Checkbox } from "../../../kit/Checkbox";
import { Field } from "../../../kit/Field";
import { formatOctal, parseOctal } from "../../../lib/fileMode";
import { parentOf } from "../../../lib/remotePath";
import { setAttributes } from "../actions";
import { sayError } from "../notices";
import { nameOrCount } from "../words";
import { PermissionGrid } from "./PermissionGrid";

export interface AttributesFormProps {
  server: string;
  infos: readonly FileInfo[];
  /** Where the buttons go. */
  footer: HTMLElement;
  onClose: () => void;
}

export function AttributesForm({ server, infos, footer, onClose }: AttributesFormProps) {
  const isFolderInfo = (info: FileInfo) => info.kind === "folder";
  const hasFolders = infos.some(isFolderInfo);
  const hasFiles = infos.some((info) => !isFolderInfo(info));
  const modeOf = (wanted: readonly FileInfo[], otherwise: number) => formatOctal(wanted[0]?.mode ?? otherwise);
  const startFile = modeOf(infos.filter((info) => !isFolderInfo(info)), 0o644);
  const startFolder = modeOf(infos.filter(isFolderInfo), 0o755);
  const startOwner = common(infos.map((info) => info.user ?? idText(info.uid)));
  const startGroup = common(infos.map((info) => info.group ?? idText(info.gid)));
  const [fileOctal, setFileOctal] = useState(startFile);
  const [folderOctal, setFolderOctal] = useState(startFolder);
  const [owner, setOwner] = useState(startOwner);
  const [group, setGroup] = useState(startGroup);
  const [isRecursive, setIsRecursive] = useState(false);
  const [changesFiles, setChangesFiles] = useState(false);
  const listId = useId();

  const folder = knownFolder(server, parentOf(infos[0]?.path ?? "/"));
  const names = { users: new Map(folder?.users), groups: new Map(folder?.groups) };
  for (const info of infos) {
    if (info.uid !== null && info.user !== null) names.users.set(info.uid, info.user);
    if (info.gid !== null && info.group !== null) names.groups.set(info.gid, info.group);
  }
  const uid = owner === startOwner ? null : idOf(owner, names.users);
  const gid = group === startGroup ? null : idOf(group, names.groups);
  const ownerMistake = uid === undefined ? "Not known here; enter the number of the user." : null;
  const groupMistake = gid === undefined ? "Not known here; enter the number of the group." : null;
  const fileMode = parseOctal(fileOctal);
  const folderMode = parseOctal(folderOctal);
  const showsFiles = hasFiles || (isRecursive && changesFiles);
  const attributes: Omit<Attributes, "paths"> = {
    recursive: hasFolders && isRecursive,
    fileMode: (hasFiles && fileOctal !== startFile) || (isRecursive && changesFiles) ? fileMode : null,
    folderMode: hasFolders && (folderOctal !== startFolder || isRecursive) ? folderMode : null,
    uid: uid ?? null,
    gid: gid ?? null,
    modifiedAt: null,
  };
  const isChanged = attributes.fileMode !== null || attributes.folderMode !== null || attributes.uid !== null || attributes.gid !== null;
  const isRight = ownerMistake === null && groupMistake === null && (!showsFiles || fileMode !== null) && (!hasFolders || folderMode !== null);

  const apply = () => {
    const paths = infos.map((info) => info.path);
    onClose();
    setAttributes(server, { paths, ...attributes }).catch((thrown: unknown) => sayError(server, `Could not change ${nameOrCount(paths)}`, thrown));
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Owner" value={owner} mistake={ownerMistake} list={`${listId}u`} spellCheck={false} autoComplete="off" {...(startOwner === "" ? { placeholder: "Several" } : {})} onChange={(event) => setOwner(event.target.value)} />
        <Field label="Group" value={group} mistake={groupMistake} list={`${listId}g`} spellCheck={false} autoComplete="off" {...(startGroup === "" ? { placeholder: "Several" } : {})} onChange={(event) => setGroup(event.target.value)} />
        <datalist id={`${listId}u`}>
          {[...names.users.values()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
        <datalist id={`${listId}g`}>
          {[...names.groups.values()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      </div>
      {hasFolders && <PermissionGrid legend={hasFiles || isRecursive ? "Permissions of folders" : "Permissions"} isForFolders mode={folderMode ?? 0} octal={folderOctal} onChange={setFolderOctal} />}
      {hasFolders && (
        <div className="flex flex-col">
          <Checkbox isOn={isRecursive} onChange={setIsRecursive}>
            For everything in the folder as well
          </Checkbox>
          {isRecursive && (
            <Checkbox isOn={changesFiles} onChange={setChangesFiles} className="mt-1 ml-6">
              With permissions for files
            </Checkbox>
          )}
        </div>
      )}
      {showsFiles && <PermissionGrid legend={hasFolders ? "Permissions of files" : "Permissions"} isForFolders={false} mode={fileMode ?? 0} octal={fileOctal} onChange={setFileOctal} />}
      {createPortal(
        <>
          <Button onClick={onClose}>{isChanged ? "Cancel" : "Close"}</Button>
          <Button look="primary" disabled={!isChanged || !isRight} onClick={apply}>
            Apply
          </Button>
        </>,
        footer,
      )}
    </div>
  );
}

/** The text that all share, empty when they differ. */
function common(texts: readonly string[]): string {
  return new Set(texts).size === 1 ? (texts[0] ?? "") : "";
}

function idText(id: number | null): string {
  return id === null ? "" : String(id);
}

/** The number of a name or a number; undefined where it is neither. */
function idOf(text: string, names: ReadonlyMap<number, string>): number | undefined {
  for (const [id, name] of names) if (name === text.trim()) return id;
  return /^\d{1,10}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}
