package io.profilemesh.metadata;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Keeps Flyway from writing to anybody's log: what it did comes back as a value instead. */
public final class QuietLogs implements LogCreator {

  @Override
  public Log createLogger(Class<?> type) {
    return new Silence();
  }

  private static final class Silence implements Log {

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}

    @Override
    public void notice(String message) {}
  }
}
