import { useCallback, useSyncExternalStore } from "react";

/** Below this width the frame is laid out for one hand: the same edge as the style sheet's `sm`. */
export const PHONE_QUERY = "(max-width: 639.98px)";

/** False on the server, where nobody knows. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}
