import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import type { Block } from "#lib/protocol/document.ts";

/** Code as blocks a renderer can draw piece by piece: cut between lines, or within a line that is longer than a block. */
export function codeBlocks(text: string, language?: string): Block[] {
  const blocks: Block[] = [];
  let piece: string[] = [];
  let units = 0;
  const flush = () => {
    if (piece.length === 0) return;
    blocks.push({ id: "", type: "code", text: piece.join("\n"), ...(language ? { language } : {}) });
    piece = [];
    units = 0;
  };
  const { codeLinesMax, codeUnitsMax, blocksMax } = FORMAT_LIMITS;
  for (const line of text.replace(/\n+$/, "").split("\n")) {
    if (blocks.length >= blocksMax) break;
    if (piece.length >= codeLinesMax || units + line.length > codeUnitsMax) flush();
    for (let rest = line; ; rest = rest.slice(codeUnitsMax)) {
      piece.push(rest.slice(0, codeUnitsMax));
      units += piece.at(-1)?.length ?? 0;
      if (rest.length <= codeUnitsMax) break;
      flush();
    }
  }
  flush();
  return blocks;
}

/** The language of a file by its name, as highlighters call it; undefined for plain text. */
export function languageOf(fileName: string, contentType: string | null): string | undefined {
  const extension = /\.([a-z0-9+_-]{1,12})$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const named = LANGUAGES.get(extension) ?? LANGUAGES.get(fileName.toLowerCase());
  if (named) return named;
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return TYPES.find(([pattern]) => pattern.test(type))?.[1];
}

const LANGUAGES = new Map(
  `js:javascript mjs:javascript cjs:javascript jsx:jsx ts:typescript mts:typescript cts:typescript tsx:tsx css:css
  scss:scss less:less html:html htm:html xml:xml xsl:xml xsd:xml rdf:xml opml:xml svg:xml py:python rb:ruby
  go:go rs:rust java:java kt:kotlin kts:kotlin swift:swift c:c h:c cc:cpp cpp:cpp cxx:cpp hpp:cpp cs:csharp
  php:php pl:perl pm:perl lua:lua r:r jl:julia scala:scala clj:clojure ex:elixir exs:elixir erl:erlang hs:haskell
  ml:ocaml sh:bash bash:bash zsh:bash fish:fish ps1:powershell bat:batch sql:sql yaml:yaml yml:yaml toml:toml
  ini:ini cfg:ini conf:ini properties:ini env:ini json:json jsonc:json json5:json ndjson:json jsonl:json
  graphql:graphql gql:graphql proto:protobuf diff:diff patch:diff tex:latex bib:bibtex vim:vim dart:dart zig:zig
  nim:nim vue:vue svelte:svelte dockerfile:dockerfile makefile:makefile cmake:cmake gradle:groovy nix:nix tf:hcl`
    .split(/\s+/)
    .filter(Boolean)
    .map((pair) => pair.split(":") as [string, string]),
);

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/, "javascript"],
  [/^text\/css$/, "css"],
  [/^text\/html$/, "html"],
  [/(?:^text\/|^application\/|\+)xml$/, "xml"],
  [/yaml$/, "yaml"],
  [/toml$/, "toml"],
  [/x-sh$/, "bash"],
  [/typescript$/, "typescript"],
  [/graphql$/, "graphql"],
  [/sql$/, "sql"],
  [/python/, "python"],
];
