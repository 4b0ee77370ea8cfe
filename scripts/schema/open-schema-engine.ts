import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { createCatalogueAdapter } from "./catalogue-adapter.ts";

/**
 * Prisma's schema engine as WebAssembly, for development and tests: the binary that the `prisma` command wants
 * would have to be downloaded. Free it after use.
 */
export async function openSchemaEngine(schema: string, databaseUrl: string): Promise<SchemaEngine> {
  loading ??= loadEngine();
  const { SchemaEngine } = await loading;
  const adapter = bindMigrationAwareSqlAdapterFactory(createCatalogueAdapter(databaseUrl));
  return SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => {}, adapter);
}

/** Once a process: the glue code keeps one instance and views of its memory. */
let loading: Promise<typeof import("@prisma/schema-engine-wasm")> | undefined;

async function loadEngine() {
  const name = "@prisma/schema-engine-wasm/schema_engine_bg";
  const engine = await import(name);
  // The package's own entry imports the .wasm as a module, which Node does not do without a flag.
  const file = createRequire(import.meta.url)
    .resolve(name)
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    "./schema_engine_bg.js": engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return engine;
}
