import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Nothing here – Qui" };

/** In place of Next's own, whose inline style element our policy refuses. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-4 px-6">
      <h1 className="text-2xl font-semibold tracking-tight">Nothing here</h1>
      <p className="text-muted">
        Qui has no page at this address. To read a page of the web, open Qui and type its address there.
      </p>
      <p>
        <Link href="/" className="inline-flex min-h-11 items-center font-medium text-accent hover:underline">
          Open Qui
        </Link>
      </p>
    </main>
  );
}
