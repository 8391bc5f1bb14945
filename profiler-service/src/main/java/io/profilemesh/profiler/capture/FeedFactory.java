package io.profilemesh.profiler.capture;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens feeds of one source, and looks after what they need in it. */
interface FeedFactory extends AutoCloseable {

  /**
   * Makes the source ready to be read. Blocks for as long as the source takes.
   *
   * @param progress how far it has been read; empty when it never was
   * @throws CaptureFailure with one sentence when it cannot be read as things are
   */
  Prepared prepare(Optional<SourceProgress> progress) throws CaptureFailure;

  /** A feed that goes on from a position. */
  ChangeFeed open(LogPosition position, ChangeSink sink);

  /**
   * Looks at the source while it is being read: tables that came and went, and how much log it
   * keeps.
   */
  Health check() throws CaptureFailure;

  /** Takes what was made in the source out of it: no feed is open. */
  void remove(SourceProgress progress) throws CaptureFailure;

  /** Lets go of what the source keeps, so that reading begins anew from now on. */
  void reset() throws CaptureFailure;

  @Override
  void close();

  /**
   * A source ready to be read.
   *
   * @param slot name of the slot in use, or null
   * @param publication name of the publication that was made, or null when somebody else's is used
   * @param gap why changes since the last position cannot be had, as a sentence; or null. The
   *     position is of no use then
   * @param start where to begin when there is no position to go on from, not after any change that
   *     comes later; null where there is one
   * @param health as of now
   */
  record Prepared(
      @Nullable String slot,
      @Nullable String publication,
      @Nullable String gap,
      @Nullable LogPosition start,
      Health health) {}

  /**
   * How a source is.
   *
   * @param tables tables that are asked for when their changes, or the time, say so
   * @param unseen those among them whose changes cannot be seen
   * @param added those whose changes could not be seen until now
   * @param lagBytes log that the source keeps for the feed; negative when it cannot say
   * @param unbounded whether nothing in the source itself bounds that log
   */
  record Health(
      Set<CapturedTable> tables,
      Set<CapturedTable> unseen,
      Set<CapturedTable> added,
      long lagBytes,
      boolean unbounded) {
    public Health {
      tables = Set.copyOf(tables);
      unseen = Set.copyOf(unseen);
      added = Set.copyOf(added);
    }
  }
}
