// The permission bits as boxes: who may do what, and the three special bits; a bit that differs among several is neither.
import { Checkbox } from "../../../kit/Checkbox";
import { Field } from "../../../kit/Field";
import { formatMode, formatOctal, parseOctal } from "../../../lib/fileMode";

const WHO = [
  { name: "Owner", shift: 6 },
  { name: "Group", shift: 3 },
  { name: "Others", shift: 0 },
] as const;
const MAY = [
  { file: "Read", folder: "List", bit: 4 },
  { file: "Write", folder: "Change", bit: 2 },
  { file: "Run", folder: "Enter", bit: 1 },
] as const;
const SPECIAL = [
  { name: "Set user id", bit: 0o4000 },
  { name: "Set group id", bit: 0o2000 },
  { name: "Sticky", bit: 0o1000 },
] as const;

export interface PermissionGridProps {
  legend: string;
  isForFolders: boolean;
  mode: number;
  /** What is typed as octal, which need not be a mode yet. */
  octal: string;
  onChange: (octal: string) => void;
}

export function PermissionGrid({ legend, isForFolders, mode, octal, onChange }: PermissionGridProps) {
  const set = (bit: number, isOn: boolean) => onChange(formatOctal(isOn ? mode | bit : mode & ~bit));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium text-ink-soft">{legend}</legend>
      <table className="w-full">
        <thead>
          <tr className="text-small text-ink-faint">
            <th scope="col">
              <span className="sr-only">Who</span>
            </th>
            {MAY.map((may) => (
              <th key={may.bit} scope="col" className="px-2 text-center font-normal">
                {isForFolders ? may.folder : may.file}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WHO.map(({ name, shift }) => (
            <tr key={name}>
              <th scope="row" className="py-0.5 text-left font-normal">
                {name}
              </th>
              {MAY.map((may) => (
                <td key={may.bit} className="py-0.5 text-center">
                  <Checkbox label={`${name}: ${isForFolders ? may.folder : may.file}`} isOn={(mode & (may.bit << shift)) !== 0} onChange={(isOn) => set(may.bit << shift, isOn)} className="justify-center" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-1.5 flex flex-wrap items-end gap-x-4 gap-y-1">
        {SPECIAL.map(({ name, bit }) => (
          <Checkbox key={bit} isOn={(mode & bit) !== 0} onChange={(isOn) => set(bit, isOn)}>
            {name}
          </Checkbox>
        ))}
      </div>
      <div className="mt-2 flex items-end gap-3">
        <Field label="Octal" className="w-24" isMono value={octal} mistake={parseOctal(octal) === null ? "3 or 4 digits, 0 to 7" : null} onChange={(event) => onChange(event.target.value)} />
        <code className="pb-1.5 text-mono text-ink-soft">{formatMode(mode)}</code>
      </div>
    </fieldset>
  );
}
