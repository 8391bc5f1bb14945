package io.profilemesh.sink.rows;

import java.util.concurrent.atomic.AtomicLong;

/** Under which id an event is stored. */
@FunctionalInterface
public interface EventIdentity {

  String of(String eventId);

  /** Its own: a repeat is the same row. */
  static EventIdentity own() {
    return eventId -> eventId;
  }

  /** A new one at each writing, so that a test can see whether anything was written twice. */
  static EventIdentity everyWriting() {
    AtomicLong writings = new AtomicLong(System.nanoTime());
    return eventId -> eventId + '~' + Long.toHexString(writings.getAndIncrement());
  }
}
