import "server-only";

interface Run {
  answer: Promise<BufferedAnswer>;
  waiting: number;
  controller: AbortController;
}

interface BufferedAnswer {
  status: number;
  headers: [string, string][];
  body: ArrayBuffer;
}

/** Runs of handlers in this process, by route and query. */
export class InFlight {
  readonly #runs = new Map<string, Run>();

  get size(): number {
    return this.#runs.size;
  }

  /**
   * One run for everyone who asks for the same key meanwhile; each gets a copy of the
   * answer, a failure reaches all. The run is aborted when the last one leaves;
   * whoever leaves early sees their own signal's reason.
   */
  async share(
    key: string,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<Response>,
  ): Promise<Response> {
    signal.throwIfAborted();
    const current = this.#runs.get(key) ?? this.#start(key, run);
    current.waiting += 1;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
    });
    try {
      const { status, headers, body } = await Promise.race([current.answer, left]);
      return new Response(body.byteLength > 0 ? body.slice(0) : null, { status, headers });
    } finally {
      if (leave) signal.removeEventListener("abort", leave);
      current.waiting -= 1;
      if (current.waiting === 0) {
        if (this.#runs.get(key) === current) this.#runs.delete(key);
        current.controller.abort(new DOMException("Everyone who waited has left.", "AbortError"));
      }
    }
  }

  #start(key: string, run: (signal: AbortSignal) => Promise<Response>): Run {
    const controller = new AbortController();
    const answer = (async () => {
      const response = await run(controller.signal);
      return {
        status: response.status,
        headers: [...response.headers],
        body: await response.arrayBuffer(),
      };
    })();
    const started: Run = { answer, waiting: 0, controller };
    this.#runs.set(key, started);
    const forget = () => {
      if (this.#runs.get(key) === started) this.#runs.delete(key);
    };
    // Also keeps a failure that nobody waits for any more from being unhandled.
    answer.then(forget, forget);
    return started;
  }
}
