/** One filter list ready to match. `engine` lies in shared memory: passing it to a worker copies nothing. */
export interface CompiledList {
  url: string;
  /** What owners unknown to the entity table are reported as. */
  category: string;
  engine: Uint8Array<SharedArrayBuffer>;
}

/** `version` changes whenever a list does; equal versions mean equal lists. */
export interface CompiledLists {
  version: string;
  lists: readonly CompiledList[];
}

export const NO_LISTS: CompiledLists = { version: "none", lists: [] };
