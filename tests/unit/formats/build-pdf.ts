import { deflateRawSync, deflateSync, constants as zlib } from "node:zlib";

export interface PdfSpec {
  /** Content streams, one a page. */
  pages: (string | { data: Uint8Array; filter: string })[];
  info?: string;
  /** Added to the catalogue. */
  catalog?: string;
  /** Added to the trailer. */
  trailer?: string;
  /** Annotations of the first page. */
  annotations?: string;
  /** Further objects, numbered from 100. */
  objects?: string[];
  /** Overrides the page tree's count. */
  count?: number;
}

/** A small PDF with Helvetica as F1 and Courier as F2, on 612 by 792 points. */
export function buildPdf(spec: PdfSpec): Uint8Array {
  const objects = new Map<number, Uint8Array>();
  const put = (id: number, ...parts: (string | Uint8Array)[]) =>
    objects.set(
      id,
      Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))),
    );
  const pageIds = spec.pages.map((_, i) => 10 + i * 2);
  put(1, `<</Type/Catalog/Pages 2 0 R ${spec.catalog ?? ""}>>`);
  put(
    2,
    `<</Type/Pages/Kids[${pageIds.map((id) => `${id} 0 R`).join(" ")}]/Count ${spec.count ?? pageIds.length}>>`,
  );
  put(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
  put(4, "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>");
  put(5, `<<${spec.info ?? ""}>>`);
  spec.pages.forEach((page, i) => {
    const id = pageIds[i] as number;
    const annotations = i === 0 && spec.annotations ? `/Annots[${spec.annotations}]` : "";
    put(
      id,
      `<</Type/Page/Parent 2 0 R/StructParents ${i}/MediaBox[0 0 612 792]/Contents ${id + 1} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>${annotations}>>`,
    );
    const data = typeof page === "string" ? Buffer.from(page, "latin1") : page.data;
    const filter = typeof page === "string" ? "" : `/Filter ${page.filter}`;
    put(id + 1, `<</Length ${data.length}${filter}>>stream\n`, data, "\nendstream");
  });
  spec.objects?.forEach((object, i) => {
    put(100 + i, object);
  });
  return assemble(objects, spec.trailer ?? "");
}

function assemble(objects: ReadonlyMap<number, Uint8Array>, trailer: string): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const offsets = new Map<number, number>();
  let at = parts[0]?.length ?? 0;
  const push = (part: Uint8Array) => {
    parts.push(part);
    at += part.length;
  };
  for (const [id, body] of objects) {
    offsets.set(id, at);
    push(Buffer.from(`${id} 0 obj\n`));
    push(body);
    push(Buffer.from("\nendobj\n"));
  }
  const start = at;
  const size = Math.max(...objects.keys()) + 1;
  let table = `xref\n0 ${size}\n0000000000 65535 f \n`;
  for (let id = 1; id < size; id++) {
    const offset = offsets.get(id);
    table +=
      offset === undefined ? "0000000000 00000 f \n" : `${String(offset).padStart(10, "0")} 00000 n \n`;
  }
  push(
    Buffer.from(
      `${table}trailer\n<</Size ${size}/Root 1 0 R/Info 5 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A content stream that shows lines of text: `[size, x, y, text]`, in Courier when `font` says so. */
export function showText(
  lines: readonly (readonly [size: number, x: number, y: number, text: string, font?: "F1" | "F2"])[],
): string {
  return lines
    .map(
      ([size, x, y, text, font]) =>
        `BT /${font ?? "F1"} ${size} Tf ${x} ${y} Td (${text.replace(/[()\\]/g, "\\$&")}) Tj ET`,
    )
    .join("\n");
}

/** `megabytes` of spaces in a thousandth of the room: blocks behind a full flush stand alone, so one can be repeated. */
export function deflateBomb(megabytes: number): Uint8Array {
  const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024, 0x20), { finishFlush: zlib.Z_FULL_FLUSH });
  const blocks = Array.from({ length: Math.ceil(megabytes / 16) }, () => block);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...blocks, Buffer.from([0x03, 0x00])]);
}

export function deflate(text: string | Uint8Array): Uint8Array {
  return deflateSync(text);
}
