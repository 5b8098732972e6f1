// The program's API with the page's session, for what a test wants done however the page does it.
import { expect } from "@playwright/test";
import type { Desktop } from "./desktop.ts";
import type { Program } from "./program.ts";

export class Api {
  constructor(readonly desktop: Desktop, readonly program: Program, readonly server: string) {}

  /** A route of the server: what it answers, whatever that is. */
  async post(path: string, data: unknown = {}): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await this.desktop.page.request.post(`${this.program.url}api/servers/${this.server}/${path}`, { data, timeout: 60_000 });
    // Some answer with a record on each line; the first says how it went.
    const first = (await response.text()).split("\n")[0] ?? "";
    return { status: response.status(), body: (first.startsWith("{") ? JSON.parse(first) : {}) as Record<string, unknown> };
  }

  /** The same where it must succeed. */
  async done(path: string, data: unknown = {}): Promise<Record<string, unknown>> {
    const { status, body } = await this.post(path, data);
    expect(status, `${path}: ${JSON.stringify(body)}`).toBeLessThan(300);
    return body;
  }

  /** What a route gives, as text. */
  async get(path: string): Promise<string> {
    const response = await this.desktop.page.request.get(`${this.program.url}api/servers/${this.server}/${path}`);
    expect(response.status(), path).toBeLessThan(300);
    return response.text();
  }

  async put(path: string, text: string): Promise<void> {
    const response = await this.desktop.page.request.put(`${this.program.url}api/servers/${this.server}/${path}`, { data: text, headers: { "content-type": "application/octet-stream" } });
    expect(response.status(), `${path}: ${await response.text()}`).toBeLessThan(300);
  }

  /** Does a job with files to its end. */
  async job(job: object): Promise<void> {
    const { request } = this.desktop.page;
    const begun = await request.post(`${this.program.url}api/file-jobs`, { data: { server: this.server, ...job } });
    const { id, ...rest } = (await begun.json()) as { id: string };
    expect(begun.status(), JSON.stringify(rest)).toBeLessThan(300);
    const state = async () => {
      const { jobs } = (await (await request.get(`${this.program.url}api/file-jobs`)).json()) as { jobs: { id: string; state: string }[] };
      return jobs.find((each) => each.id === id)?.state;
    };
    await expect.poll(state, { message: JSON.stringify(job) }).toBe("done");
  }

  /** Follows a feed until it says its first line. */
  async follow(feed: string, args: object): Promise<void> {
    await this.desktop.page.evaluate(
      async ([path, args]) => {
        const control = new AbortController();
        const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ args }), signal: control.signal });
        await response.body?.getReader().read();
        control.abort();
      },
      [`/api/servers/${this.server}/feeds/${feed}`, args] as const,
    );
  }
}
