// The fields of a server: where it is and who signs in first; what puts it in order and how it is reached behind a fold.
import { ChevronRight } from "lucide-react";
import { useId, useState, type ReactNode, type RefObject } from "react";
import { COLORS, type Auth, type Server } from "../../api/types";
import { ChoiceGroup, type Choice } from "../../kit/ChoiceGroup";
import { ColorChoice } from "../../kit/ColorChoice";
import { Field } from "../../kit/Field";
import { Switch } from "../../kit/Switch";
import { TextArea } from "../../kit/TextArea";
import { classes } from "../../lib/classes";
import { ModeFields } from "./ModeFields";
import { splitAddress, type Mistakes, type ServerForm } from "./serverForm";

const METHODS: readonly Choice<Auth["method"]>[] = [
  { value: "auto", label: "Automatic" },
  { value: "password", label: "Password" },
  { value: "keyFile", label: "Key file" },
  { value: "agent", label: "SSH agent" },
];
const METHOD_WORDS: Record<Auth["method"], string> = {
  auto: "Tries the SSH agent, then the keys in ~/.ssh, then asks for a password.",
  password: "Asked for when it connects.",
  keyFile: "An encrypted key's passphrase is asked for when it connects.",
  agent: "Uses the keys of the SSH agent on this computer.",
};
const PLAIN = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

export interface ServerFieldsProps {
  form: ServerForm;
  mistakes: Mistakes;
  servers: readonly Server[];
  /** Takes the focus first. */
  host: RefObject<HTMLInputElement | null>;
  set: (change: Partial<ServerForm>) => void;
}

export function ServerFields({ form, mistakes, servers, host, set }: ServerFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-[1fr_88px] gap-3">
        <Field
          ref={host}
          label="Host"
          placeholder="web1.example.com or 203.0.113.7"
          {...PLAIN}
          value={form.host}
          mistake={mistakes.host ?? null}
          onChange={(event) => set({ host: event.target.value })}
          onBlur={() => set(splitAddress(form.host))}
        />
        <Field label="Port" inputMode="numeric" placeholder="22" value={form.port} mistake={mistakes.port ?? null} onChange={(event) => set({ port: event.target.value })} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field label="User" placeholder="As your SSH says" {...PLAIN} value={form.user} mistake={mistakes.user ?? null} onChange={(event) => set({ user: event.target.value })} />
        <Field label="Name" placeholder={form.host === "" ? "Same as the host" : form.host} autoComplete="off" value={form.name} mistake={mistakes.name ?? null} onChange={(event) => set({ name: event.target.value })} />
      </div>
      <div>
        <ChoiceGroup legend="Sign in with" choices={METHODS} value={form.method} onChange={(method) => set({ method })} />
        <p className="mt-1.5 text-small text-ink-faint">{METHOD_WORDS[form.method]}</p>
      </div>
      {form.method === "keyFile" && (
        <Field
          label="Key file"
          isMono
          placeholder="~/.ssh/id_ed25519"
          {...PLAIN}
          value={form.keyPath}
          mistake={mistakes.keyPath ?? null}
          hint="The path of the private key on this computer."
          onChange={(event) => set({ keyPath: event.target.value })}
        />
      )}
      <ColorChoice legend="Colour of its workspace" palette="identity" colors={COLORS} value={form.color} onChange={(color) => set({ color })} />
      <ModeFields form={form} set={set} />
      <Fold title="Way there and secrets" summary={form.jump === "" ? "Straight, secrets in memory" : `Via ${form.jump}`} isOpenAtFirst={form.jump !== "" || form.keepSecrets || mistakes.jump !== undefined}>
        <Field
          label="Jump hosts"
          placeholder="ops@bastion.example.com:22"
          {...PLAIN}
          value={form.jump}
          mistake={mistakes.jump ?? null}
          hint="One after the other, with commas. Empty: as your SSH configuration says."
          onChange={(event) => set({ jump: event.target.value })}
        />
        <Switch label="Keep secrets in the keychain" hint="Else passwords and passphrases are kept in memory until the program ends." isOn={form.keepSecrets} onChange={(keepSecrets) => set({ keepSecrets })} />
      </Fold>
      <Fold title="Folder, tags and notes" summary={[form.folder, form.tags].filter(Boolean).join(" · ") || "None"} isOpenAtFirst={form.folder !== "" || form.tags !== "" || form.notes !== ""}>
        <Organising form={form} mistakes={mistakes} servers={servers} set={set} />
      </Fold>
    </>
  );
}

function Organising({ form, mistakes, servers, set }: Omit<ServerFieldsProps, "host">) {
  const listId = useId();
  const folders = [...new Set(servers.map(({ folder }) => folder).filter(Boolean))].toSorted();
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        <div>
          <Field label="Folder" placeholder="shop/front" list={listId} {...PLAIN} value={form.folder} mistake={mistakes.folder ?? null} onChange={(event) => set({ folder: event.target.value })} />
          <datalist id={listId}>
            {folders.map((folder) => (
              <option key={folder}>{folder}</option>
            ))}
          </datalist>
        </div>
        <Field label="Tags" placeholder="web, eu" {...PLAIN} value={form.tags} mistake={mistakes.tags ?? null} onChange={(event) => set({ tags: event.target.value })} />
      </div>
      <TextArea label="Notes" rows={3} value={form.notes} mistake={mistakes.notes ?? null} onChange={(event) => set({ notes: event.target.value })} />
    </>
  );
}

function Fold({ title, summary, isOpenAtFirst, children }: { title: string; summary: string; isOpenAtFirst: boolean; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const id = useId();
  return (
    <section className="border-t border-line pt-3">
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setIsOpen(!isOpen)} className="flex w-full items-center gap-1.5 rounded-control text-left max-wide:min-h-11">
        <ChevronRight size={15} strokeWidth={1.75} aria-hidden="true" className={classes("shrink-0 text-ink-faint transition-transform duration-120", isOpen && "rotate-90")} />
        <span className="shrink-0 font-medium">{title}</span>
        {!isOpen && <span className="min-w-0 truncate pl-2 text-small text-ink-faint">{summary}</span>}
      </button>
      <div id={id} hidden={!isOpen} className={isOpen ? "flex flex-col gap-4 pt-3" : undefined}>
        {children}
      </div>
    </section>
  );
}
