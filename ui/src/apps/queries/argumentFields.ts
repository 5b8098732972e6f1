// The arguments of a query as fields of a form, by their JSON Schema; pure.

export interface ArgumentField {
  name: string;
  /** What it is for, from the schema. */
  hint: string | null;
  kind: "text" | "number" | "flag" | "choice" | "json";
  /** The values of a choice. */
  choices: readonly string[];
  isRequired: boolean;
}

type Schema = Readonly<Record<string, unknown>>;

/** The fields of an object's schema, in its order; what has no simple form is typed as JSON. */
export function fieldsOf(schema: unknown): readonly ArgumentField[] {
  if (!isSchema(schema) || !isSchema(schema["properties"])) return [];
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(schema["properties"]).map(([name, property]) => {
    const inner = withoutNull(property);
    const choices = choicesOf(inner);
    return {
      name,
      hint: textOf(property, "description") ?? textOf(inner, "description"),
      kind: choices.length > 0 ? "choice" : kindOf(inner),
      choices,
      isRequired: required.includes(name) && inner === property,
    };
  });
}

/** What was typed, as arguments; a field left empty is left out, and the query's own default holds. Throws what is wrong with which field. */
export function argumentsOf(fields: readonly ArgumentField[], typed: Readonly<Record<string, string>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const text = typed[field.name] ?? "";
    if (text === "") continue;
    values[field.name] = field.kind === "text" || field.kind === "choice" ? text : field.kind === "flag" ? text === "yes" : parsed(field, text);
  }
  return values;
}

/** Arguments as they would be typed: the way back. What no field is for is left out. */
export function typedOf(fields: readonly ArgumentField[], args: unknown): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const { name, kind } of fields) {
    const value = isSchema(args) ? args[name] : null;
    if (value === null || value === undefined) continue;
    typed[name] = typeof value === "string" && kind !== "json" ? value : kind === "flag" ? (value === true ? "yes" : "no") : JSON.stringify(value);
  }
  return typed;
}

function parsed(field: ArgumentField, text: string): unknown {
  if (field.kind === "number") {
    const number = Number(text);
    if (!Number.isFinite(number)) throw new Error(`${field.name} is not a number`);
    return number;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${field.name} is not JSON`);
  }
}

const KINDS = new Map<string, ArgumentField["kind"]>([
  ["string", "text"],
  ["integer", "number"],
  ["number", "number"],
  ["boolean", "flag"],
]);

function kindOf(schema: unknown): ArgumentField["kind"] {
  const type = isSchema(schema) ? schema["type"] : null;
  return (typeof type === "string" ? KINDS.get(type) : undefined) ?? "json";
}

function choicesOf(schema: unknown): readonly string[] {
  if (!isSchema(schema)) return [];
  const of = (values: unknown) => (Array.isArray(values) ? values.filter((value) => typeof value === "string") : []);
  const variants = Array.isArray(schema["oneOf"]) ? schema["oneOf"] : [];
  const constants = variants.flatMap((variant) => (isSchema(variant) ? (typeof variant["const"] === "string" ? [variant["const"]] : of(variant["enum"])) : []));
  return [...of(schema["enum"]), ...constants];
}

/** The schema of the value where there is one, for `anyOf: [.., null]` and `type: [.., "null"]`. */
function withoutNull(schema: unknown): unknown {
  if (!isSchema(schema)) return schema;
  if (Array.isArray(schema["anyOf"])) {
    const others = schema["anyOf"].filter((each) => !(isSchema(each) && each["type"] === "null"));
    return others.length === 1 ? others[0] : schema;
  }
  if (Array.isArray(schema["type"])) {
    const types = schema["type"].filter((type) => type !== "null");
    return types.length === 1 ? { ...schema, type: types[0] } : schema;
  }
  return schema;
}

function textOf(schema: unknown, key: string): string | null {
  const text = isSchema(schema) ? schema[key] : null;
  // The marks of the source's own comments say nothing here.
  return typeof text === "string" ? text.replaceAll(/[`[\]]/gu, "").replaceAll(/\s+/gu, " ") : null;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
