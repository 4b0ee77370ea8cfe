/** A folder of `prisma/migrations`: its name, and the SHA-256 of its SQL in lower-case hex, as Prisma counts it. */
export interface MigrationFile {
  name: string;
  checksum: string;
}

/** A row of Prisma's `_prisma_migrations` table. */
export interface MigrationRecord {
  name: string;
  checksum: string;
  finishedAt: Date | null;
  rolledBackAt: Date | null;
}

export type MigrationPlan =
  | { status: "ready"; pending: string[] }
  /** The SQL of an applied migration is not what was applied. */
  | { status: "changed"; name: string }
  /** A migration began and neither finished nor was marked as rolled back. */
  | { status: "failed"; name: string }
  /** The database has a migration that is not among the files: it belongs to a newer version. */
  | { status: "unknown"; name: string }
  /** A new migration sorts before one that is applied already, so other databases would run them in another order. */
  | { status: "out_of_order"; name: string; before: string };

/**
 * What to run, in order, or why nothing may run. Rows that were rolled back do not count, and a name may have
 * several rows, as `prisma migrate resolve` leaves them.
 */
export function planMigrations(
  files: readonly MigrationFile[],
  records: readonly MigrationRecord[],
): MigrationPlan {
  const counted = records.filter((record) => record.rolledBackAt === null);
  const failed = counted.find((record) => record.finishedAt === null);
  if (failed) return { status: "failed", name: failed.name };

  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const checksums = new Map(sorted.map((file) => [file.name, file.checksum]));
  for (const { name, checksum } of counted) {
    if (!checksums.has(name)) return { status: "unknown", name };
    if (checksums.get(name) !== checksum) return { status: "changed", name };
  }

  const applied = new Set(counted.map((record) => record.name));
  const last = sorted.findLast((file) => applied.has(file.name))?.name ?? "";
  const pending = sorted.filter((file) => !applied.has(file.name)).map((file) => file.name);
  const late = pending.find((name) => name < last);
  return late === undefined
    ? { status: "ready", pending }
    : { status: "out_of_order", name: late, before: last };
}
