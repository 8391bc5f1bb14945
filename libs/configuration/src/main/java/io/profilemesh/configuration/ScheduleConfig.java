package io.profilemesh.configuration;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When the tables of an entry are profiled.
 *
 * @param pipeline name of the pipeline: what it is paused, resumed and listed by
 * @param cron when it fires
 * @param zone zone in which the expression is read
 * @param missed what becomes of firings that fell into a downtime
 */
public record ScheduleConfig(
    String pipeline, CronExpression cron, ZoneId zone, MissedPolicy missed) {

  /** The first firing after an instant; empty when there is none. */
  public Optional<Instant> next(Instant after) {
    return cron.next(after, zone);
  }
}
