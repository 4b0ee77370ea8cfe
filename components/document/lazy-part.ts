"use client";

import { type ComponentType, lazy } from "react";

/**
 * A part of the page whose code is loaded when it is first wanted. Without a
 * connection that can fail; then the part is missing and the page stays.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(() =>
    load().then(
      (Part) => ({ default: Part }),
      () => ({ default: (() => null) as ComponentType<Props> }),
    ),
  );
}
