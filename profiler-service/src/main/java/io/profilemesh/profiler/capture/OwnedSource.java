package io.profilemesh.profiler.capture;

import org.jspecify.annotations.Nullable;

/** What is done with a source while this instance owns it. */
interface OwnedSource extends AutoCloseable {

  void start();

  /** Called often, by the group's thread; never waits long. */
  void tick();

  /** How it stands; null when there is nothing to say. */
  @Nullable CaptureStatus status();

  /** Ends at once what would be written, and soon what is read. */
  void stop();

  @Override
  void close();
}
