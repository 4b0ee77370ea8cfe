import "server-only";
import { createSingleFlight } from "#lib/core/async/create-single-flight.ts";

/** An answer held whole, so that everyone who waited can have a copy. */
interface HeldAnswer {
  status: number;
  headers: [string, string][];
  body: ArrayBuffer | null;
}

export interface InFlight {
  /**
   * One run of the handler for everyone who asks for the same key meanwhile; a
   * failure reaches all of them. The run is aborted when the last one has gone.
   */
  share(key: string, signal: AbortSignal, run: (signal: AbortSignal) => Promise<Response>): Promise<Response>;
}

export function createInFlight(): InFlight {
  const flight = createSingleFlight<HeldAnswer>();
  return {
    async share(key, signal, run) {
      const { status, headers, body } = await flight.run(key, signal, async (shared) => {
        const response = await run(shared);
        return {
          status: response.status,
          headers: [...response.headers],
          body: response.body && (await response.arrayBuffer()),
        };
      });
      return new Response(body, { status, headers });
    },
  };
}
