// A picture that nobody asked for costs no more than a look.
import { expect, it } from "vitest";
import { itemOf } from "../../api/folderItems";
import { drawingUrl, thumbnailOf } from "./thumbnails";

const item = (name: string, sizeBytes: number | null, kind: "file" | "folder" = "file") => itemOf("/", { name, kind, sizeBytes, mode: null, uid: null, gid: null, modifiedAt: null });
const url = (text: string) => drawingUrl(new TextEncoder().encode(text));

it("is none of a folder, of what is no picture, and of what is large", () => {
  expect([item("a.png", 9), item("a.png", 3_000_000), item("a.png", 0), item("a.png", null), item("a.txt", 9), item("a.png", null, "folder")].map(thumbnailOf)).toEqual(["picture", null, null, null, null, null]);
  expect([item("a.svg", 65_536), item("A.SVG", 9), item("a.svg", 65_537)].map(thumbnailOf)).toEqual(["drawing", "drawing", null]);
});

it("is a drawing only where each part is drawn once", () => {
  expect(url('<svg xmlns="http://www.w3.org/2000/svg"><g id="use"><path d="M0 0"/></g></svg>')).toMatch(/^data:image\/svg\+xml;charset=utf-8,%3Csvg/);
  expect(url('<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n<svg/>')).not.toBeNull();
  for (const bad of ['<svg><use href="#a"/></svg>', "<svg><s:use/></svg>", "<svg><USE/></svg>", "<svg><pattern/></svg>", "<svg><filter/></svg>", "<svg><animateTransform/></svg>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', '<?xml version="1.0" encoding="utf-16"?><svg/>', "<svg><!-- --><use/><!-- --></svg>", "<svg/><!-- -- >", "<svg/><!-->"]) {
    expect(url(bad), bad).toBeNull();
  }
  expect(drawingUrl(Uint8Array.of(0xff, 0xfe, 0x3c, 0))).toBeNull();
  expect(drawingUrl(new TextEncoder().encode("<\0u\0s\0e\0"))).toBeNull();
});

it("takes one pass for what only nearly is", { timeout: 2000 }, () => {
  const full = (piece: string, end = "") => piece.repeat(65_000 / piece.length) + end;
  for (const near of ["<!doctype svg ", "<!-->", "<a:", "<a.", " ", "<?xml ", "encoding "].map((piece) => full(piece))) {
    url(near);
    url(`<?xml ${near}`);
  }
  // Thirty of these would take several seconds where every beginning looks for an end.
  for (let time = 0; time < 30; time += 1) expect(url(full("<!--"))).toBeNull();
  expect(url(full("<!-- -->", "<svg/>"))).not.toBeNull();
});
