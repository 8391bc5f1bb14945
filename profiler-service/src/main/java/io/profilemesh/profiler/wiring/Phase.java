package io.profilemesh.profiler.wiring;

/** How far the service has come since it started; each phase waits for what it names. */
enum Phase {
  /** The broker answers and every topic exists. */
  TOPICS,
  /** The registry answers and every schema is registered. */
  SCHEMAS,
  /** Everything in the ledger is known, and the last state of every table. */
  LEDGER,
  /** Requests are answered and runs are worked off. */
  RUNNING
}
