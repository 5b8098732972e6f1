// Every query and feed of the program, each with arguments that it can be asked with.
import type { Page } from "@playwright/test";

export interface Asked {
  id: string;
  argsSchema: { properties?: Record<string, unknown>; required?: string[] };
}

/** What is asked about where something must be said: by `QUERY ARGUMENT`, else by the argument. */
export type Arguments = Readonly<Record<string, string>>;

export async function catalogOf(page: Page): Promise<{ queries: Asked[]; feeds: Asked[] }> {
  return JSON.parse(await page.evaluate(async () => (await fetch("/api/catalog")).text())) as { queries: Asked[]; feeds: Asked[] };
}

/** The arguments that must be given, in the order of the fields. */
export function argumentsFor({ id, argsSchema }: Asked, given: Arguments): Map<string, string> {
  const required = argsSchema.required ?? [];
  const names = Object.keys(argsSchema.properties ?? {}).filter((name) => required.includes(name));
  return new Map(
    names.map((name) => {
      const value = given[`${id} ${name}`] ?? given[name];
      if (value === undefined) throw new Error(`Nothing is said about ${name} of ${id}.`);
      return [name, value];
    }),
  );
}
