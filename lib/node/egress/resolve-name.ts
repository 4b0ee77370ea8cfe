import { lookup, Resolver } from "node:dns/promises";

/**
 * Every IPv4 and IPv6 address of a name. Throws an error with a code of
 * `node:dns` when there is none. Nothing is checked here.
 */
export type ResolveName = (name: string, options: { local: boolean }) => Promise<string[]>;

export interface ResolveNameOptions {
  /** Name servers as `address:port`; the system's when absent. */
  servers?: string[];
  now?: () => number;
}

/** How long the second family may lag behind the first (RFC 8305 §3 suggests 50 ms; slow resolvers get more). */
const SECOND_FAMILY_DELAY_MS = 250;
const RESOLVER_LIFETIME_MS = 30_000;
const CACHE_ENTRIES_MAX = 1000;
const CACHE_TTL_MAX_S = 60;

/**
 * Asks DNS directly rather than through `getaddrinfo`: no search domains are
 * appended (in Kubernetes they would turn `api.shop` into a cluster service), the
 * hosts file is left out, and slow name servers cannot fill libuv's thread pool.
 * Names the policy allows to be private are `local`: those do go through
 * `getaddrinfo`, since intranet names often live in the hosts file.
 *
 * Answers are kept for their TTL, at most a minute, and concurrent questions for
 * one name are asked once. Each answer is checked again at each use.
 */
export function createResolveName(options: ResolveNameOptions = {}): ResolveName {
  const { now = Date.now } = options;
  const cache = new Map<string, { expiresAtMs: number; answer: Promise<string[]> }>();
  const resolver = createRenewedResolver(now, options.servers);

  return (name, { local }) => {
    if (local) return lookup(name, { all: true }).then((found) => found.map(({ address }) => address));
    const kept = cache.get(name);
    if (kept && kept.expiresAtMs > now()) return kept.answer;
    const entry = { expiresAtMs: Number.POSITIVE_INFINITY, answer: Promise.resolve<string[]>([]) };
    entry.answer = queryBoth(resolver(), name).then(
      ({ addresses, ttlSeconds }) => {
        entry.expiresAtMs = now() + Math.min(ttlSeconds, CACHE_TTL_MAX_S) * 1000;
        return addresses;
      },
      (error) => {
        if (cache.get(name) === entry) cache.delete(name);
        throw error;
      },
    );
    cache.delete(name);
    cache.set(name, entry);
    const oldest = cache.size > CACHE_ENTRIES_MAX ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    return entry.answer;
  };
}

/** c-ares reads the system's servers once, when it is made; a laptop changes networks. */
function createRenewedResolver(now: () => number, servers: string[] | undefined): () => Resolver {
  let resolver: Resolver | undefined;
  let madeAtMs = 0;
  return () => {
    if (!resolver || now() - madeAtMs > RESOLVER_LIFETIME_MS) {
      resolver = new Resolver({ timeout: 2000, tries: 2 });
      if (servers) resolver.setServers(servers);
      madeAtMs = now();
    }
    return resolver;
  };
}

interface Answer {
  addresses: string[];
  ttlSeconds: number;
}

async function queryBoth(resolver: Resolver, name: string): Promise<Answer> {
  const families = [resolver.resolve4(name, { ttl: true }), resolver.resolve6(name, { ttl: true })].map(
    (query) =>
      query.then(
        (records): Answer => ({
          addresses: records.map(({ address }) => address),
          ttlSeconds: Math.min(...records.map(({ ttl }) => ttl)),
        }),
      ),
  );
  const [first] = await Promise.allSettled([Promise.any(families)]);
  if (first?.status !== "fulfilled") {
    const [four] = await Promise.allSettled(families);
    throw four?.status === "rejected" ? four.reason : first?.reason;
  }
  const settled = await Promise.all(families.map((family) => withinDelay(family)));
  const answers = settled.filter((answer) => answer !== null);
  return {
    addresses: answers.flatMap(({ addresses }) => addresses),
    ttlSeconds: Math.min(...answers.map(({ ttlSeconds }) => ttlSeconds)),
  };
}

/** `null` when the family has no answer, or none in time. */
function withinDelay(answer: Promise<Answer>): Promise<Answer | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SECOND_FAMILY_DELAY_MS, null);
    const settle = (value: Answer | null) => {
      clearTimeout(timer);
      resolve(value);
    };
    answer.then(settle, () => settle(null));
  });
}
