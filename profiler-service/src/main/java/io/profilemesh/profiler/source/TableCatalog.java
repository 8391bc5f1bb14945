package io.profilemesh.profiler.source;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.schema.ReasonCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which tables a source has. Asks the source each time; safe for use by many threads. */
public interface TableCatalog {

  /** Every table of a registered source that its user may read. */
  Lookup<List<TableRef>> tables(SourceName source);

  /** The table of exactly that name; empty when there is none. */
  Lookup<Optional<TableDescription>> describe(SourceName source, String schema, String table);

  /** What the source's metadata says of tables; no row of them is read. */
  Lookup<TableLooks> look(SourceName source, Collection<TableRef> tables);

  /**
   * What a source answered.
   *
   * @param <T> type of the answer
   */
  sealed interface Lookup<T> {

    /** It answered. */
    record Answer<T>(T value) implements Lookup<T> {}

    /**
     * It did not.
     *
     * @param message one sentence for people, without secrets
     */
    record Failure<T>(ReasonCode code, String message) implements Lookup<T> {

      /** Whether time may heal it. */
      public boolean isTransient() {
        return code.category() == ReasonCode.Category.TRANSIENT;
      }
    }
  }
}
