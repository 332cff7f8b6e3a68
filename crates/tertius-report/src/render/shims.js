// What Vega expects of its surroundings and QuickJS does not have. No clock and no network: a figure
// depends on its specification alone.
(function () {
  "use strict";
  const silent = () => {};
  globalThis.console = { log: silent, info: silent, debug: silent, warn: silent, error: silent };
  // A timer fires after everything that promises have waiting: with only promises here, some rounds of them
  // later. Vega draws links in a second pass, and begins it by a timer.
  globalThis.setTimeout = (f) => {
    let wait = Promise.resolve();
    for (let round = 0; round < 12; round += 1) wait = wait.then(silent);
    wait.then(() => f());
    return 0;
  };
  globalThis.clearTimeout = silent;
  globalThis.setInterval = () => 0;
  globalThis.clearInterval = silent;
  globalThis.performance = { now: () => 0 };
  globalThis.structuredClone = function clone(value) {
    if (value === null || typeof value !== "object") return value;
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (Array.isArray(value)) return value.map(clone);
    if (value instanceof Map) return new Map([...value].map(([k, v]) => [clone(k), clone(v)]));
    if (value instanceof Set) return new Set([...value].map(clone));
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, clone(v)]));
  };
})();
