import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from "prom-client";

const REGISTRY = Symbol.for("qui.metrics");
const holder = globalThis as { [REGISTRY]?: Registry };

/**
 * The process's one registry. It lives on `globalThis` because Next loads modules
 * several times over, and each copy must count into the same metrics.
 */
export function getRegistry(): Registry {
  if (!holder[REGISTRY]) {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    holder[REGISTRY] = registry;
  }
  return holder[REGISTRY];
}

/**
 * Each of these answers the metric of that name, making it on first use, so any
 * module may declare what it counts at its top level. Names start with `qui_` and
 * end with their unit; label values come from small fixed sets, never from requests.
 */
export function counter<L extends string>(configuration: CounterConfiguration<L>): Counter<L> {
  return existing<Counter<L>>(configuration.name) ?? new Counter(registered(configuration));
}

export function gauge<L extends string>(configuration: GaugeConfiguration<L>): Gauge<L> {
  return existing<Gauge<L>>(configuration.name) ?? new Gauge(registered(configuration));
}

export function histogram<L extends string>(configuration: HistogramConfiguration<L>): Histogram<L> {
  return existing<Histogram<L>>(configuration.name) ?? new Histogram(registered(configuration));
}

function existing<M>(name: string): M | undefined {
  return getRegistry().getSingleMetric(name) as M | undefined;
}

function registered<C extends object>(configuration: C): C {
  return { ...configuration, registers: [getRegistry()] };
}
