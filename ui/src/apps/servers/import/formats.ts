// The lists of servers that can be read, in words.
import type { ImportFormat } from "../../../api/types";

export const FORMAT_WORDS: Record<ImportFormat, { name: string; hint: string }> = {
  sshConfig: { name: "SSH configuration", hint: "A file like ~/.ssh/config." },
  csv: { name: "CSV", hint: "A heading row with any of name, host, port, user, folder, tags, notes, key." },
  putty: { name: "PuTTY", hint: "The registry's export of Sessions (.reg), or a file of ~/.putty/sessions." },
  termius: { name: "Termius", hint: "JSON with hosts, each with an address and a label." },
  ansible: { name: "Ansible inventory", hint: "INI or YAML; groups become folders." },
  headlessos: { name: "HeadlessOS", hint: "The JSON file that Export gives." },
};

/** In the order they are offered. */
export const FORMATS = ["sshConfig", "csv", "putty", "termius", "ansible", "headlessos"] as const satisfies readonly ImportFormat[];
