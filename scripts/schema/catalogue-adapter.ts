import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

const CHAR_OID = 18;
const CHAR_ARRAY_OID = 1002;

/**
 * Prisma's adapter, taught the one-letter type `"char"` of PostgreSQL's catalogues. The adapter (7.10.0) refuses
 * to name it, and the schema engine reads no database without it. The adapter does know arrays of it: so such
 * columns pass it as arrays and are named singly on the way out. No catalogue query selects a real array of them.
 */
export function createCatalogueAdapter(databaseUrl: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(createCataloguePool(databaseUrl), { disposeExternalPool: true });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => nameCharacters(await factory.connect()),
    connectToShadowDb: () => Promise.reject(new Error("Nothing here uses a shadow database.")),
  };
}

function createCataloguePool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
  return Object.assign(pool, {
    query: async (config: pg.QueryConfig) => {
      const result = await query(config);
      // A script of several statements has several results, and no fields here.
      for (const field of result.fields ?? []) {
        if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID;
      }
      return result;
    },
  });
}

function nameCharacters(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: async (query: Parameters<typeof queryRaw>[0]) => {
      const result = await queryRaw(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    },
  });
}
