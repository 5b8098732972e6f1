// A Markdown file as it is meant to be read: no HTML of its own, no picture of another host, and links only after a look at where they lead.
import { useState, type ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { contentUrl } from "../../api/files";
import { Boundary } from "../../kit/Boundary";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { Dialog } from "../../kit/Dialog";
import { FileText, Image } from "lucide-react";
import { parentOf, resolvePath } from "../../lib/remotePath";
import { visibleProse, visibleText } from "../../lib/visibleText";
import { isTooCostly } from "./markdownCost";
import { Part } from "./Part";
import type { ViewProps } from "./view";
import "./viewer.css";

const MOST_BYTES = 256 * 1024;

export function MarkdownView(view: ViewProps) {
  const [link, setLink] = useState<string | null>(null);
  const asText = (
    <CentrePanel icon={FileText} title="This cannot be shown formatted">
      <Button look="primary" onClick={() => view.onKind("text")}>
        Show it as text
      </Button>
    </CentrePanel>
  );
  const components: Components = {
    a: ({ href, children }) => <Link href={href} path={view.path} onFile={view.onOpen} onAsk={setLink}>{children}</Link>,
    input: ({ checked }) => <input type="checkbox" checked={checked === true} disabled readOnly aria-label={checked === true ? "done" : "open"} />,
    img: ({ src, alt }) => <Picture src={typeof src === "string" ? src : ""} alt={alt ?? ""} view={view} />,
  };
  return (
    <>
      <Part view={view} maxBytes={MOST_BYTES}>
        {(text) =>
          isTooCostly(text) ? (
            asText
          ) : (
            <Boundary fallback={asText}>
              <div tabIndex={0} role="region" aria-label="Document" className="h-full overflow-y-auto bg-card focus-visible:-outline-offset-2">
                <div className="prose">
                  <Markdown remarkPlugins={[remarkGfm, makeVisible]} components={components} skipHtml>
                    {text}
                  </Markdown>
                </div>
              </div>
            </Boundary>
          )
        }
      </Part>
      {link !== null && <LinkDialog url={link} onClose={() => setLink(null)} />}
    </>
  );
}

interface MarkdownNode {
  value?: string;
  children?: MarkdownNode[];
}

/** Marks for what cannot be seen or would reorder its neighbours, also where the document spells it (`&#x202e;`). */
function makeVisible() {
  const visit = (node: MarkdownNode) => {
    if (node.value !== undefined) node.value = visibleProse(node.value);
    node.children?.forEach(visit);
  };
  return visit;
}

interface LinkProps {
  href: string | undefined;
  path: string;
  onFile: (path: string) => void;
  onAsk: (url: string) => void;
  children: ReactNode;
}

/** What leads nowhere safe is only text. */
function Link({ href = "", path, onFile, onAsk, children }: LinkProps) {
  const isWeb = /^(?:https?|mailto):/i.test(href);
  const file = fileOf(href, path);
  if (!isWeb && file === null) return <span>{children}</span>;
  return (
    <button type="button" title={visibleText(isWeb ? href : (file ?? ""), 400)} onClick={() => (isWeb ? onAsk(href) : onFile(file ?? path))} className="text-accent-ink underline underline-offset-2">
      {children}
    </button>
  );
}

function Picture({ src, alt, view }: { src: string; alt: string; view: ViewProps }) {
  const [hasFailed, setHasFailed] = useState(false);
  const file = fileOf(src, view.path);
  if (file !== null && !hasFailed) return <img src={contentUrl(view.server, file)} alt={visibleText(alt, 400)} loading="lazy" onError={() => setHasFailed(true)} className="max-w-full" />;
  return (
    <span className="inline-flex items-center gap-1.5 rounded-control border border-line bg-sunken px-2 py-0.5 text-small text-ink-soft" title={visibleText(src, 400)}>
      <Image size={14} strokeWidth={1.75} aria-hidden="true" />
      {file === null ? "Image of another host, not loaded" : "Image not found"}
      {alt !== "" && `: ${visibleText(alt, 200)}`}
    </span>
  );
}

function LinkDialog({ url, onClose }: { url: string; onClose: () => void }) {
  return (
    <Dialog
      title="Open this link?"
      lead="It leads out of HeadlessOS, in a new tab of the browser."
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            onClick={() => {
              window.open(url, "_blank", "noopener,noreferrer");
              onClose();
            }}
          >
            Open the link
          </Button>
        </>
      }
    >
      <code className="block max-h-40 overflow-y-auto rounded-control bg-sunken px-2.5 py-2 text-mono break-all">
        <bdi>{visibleText(url, 2000)}</bdi>
      </code>
    </Dialog>
  );
}

/** The file of the server that a link in a document leads to; null where it leads elsewhere. */
function fileOf(href: string, path: string): string | null {
  const [target] = href.split(/[?#]/);
  if (target === undefined || target === "" || target.startsWith("//") || /^[a-z][a-z\d+.-]*:/i.test(target)) return null;
  try {
    return resolvePath(decodeURIComponent(target), parentOf(path), "/");
  } catch {
    return null;
  }
}
