import { openSchemaEngine } from "./open-schema-engine.ts";

/** The SQL that takes the database to what the schema says; empty when they agree. */
export async function diffSchema(schema: string, databaseUrl: string): Promise<string> {
  const files = [{ path: "schema.prisma", content: schema }];
  const engine = await openSchemaEngine(schema, databaseUrl);
  try {
    const result = await engine.diff({
      // The datasource is whatever the engine's adapter is connected to.
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? "" : (result.stdout ?? "");
  } finally {
    engine.free();
  }
}
