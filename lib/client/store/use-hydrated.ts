import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False on the server and in the first render here, so that both agree; true ever after. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
