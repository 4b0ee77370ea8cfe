"use client";

/**
 * A moment in the reader's own words. Dates without a time of day stay that day
 * in every time zone. Text that is no date is shown as the site wrote it.
 */
export function DateTime({ iso, hasTime = false }: { iso: string; hasTime?: boolean }) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return <span>{iso}</span>;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(iso) || /T00:00:00(\.0+)?(Z|\+00:00)$/.test(iso);
  const options: Intl.DateTimeFormatOptions = { dateStyle: "medium" };
  if (isDay) options.timeZone = "UTC";
  else if (hasTime) options.timeStyle = "short";
  return (
    <time
      dateTime={iso}
      title={date.toLocaleString(undefined, {
        dateStyle: "full",
        ...(isDay ? { timeZone: "UTC" } : { timeStyle: "short" }),
      })}
      suppressHydrationWarning
    >
      {date.toLocaleString(undefined, options)}
    </time>
  );
}
