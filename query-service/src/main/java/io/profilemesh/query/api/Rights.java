package io.profilemesh.query.api;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Says no to those who may not act on a dataset: 404 where they may not even see it, so that nobody
 * learns what there is.
 */
@ApplicationScoped
public class Rights {

  private final Caller caller;

  @Inject
  Rights(Caller caller) {
    this.caller = caller;
  }

  /**
   * Lets only those pass who may act on a dataset.
   *
   * @throws ProblemException when the caller may not
   */
  void requireOperator(String datasetId) {
    DatasetId dataset = DatasetId.parse(datasetId);
    if (!caller.sees(dataset)) {
      throw ProblemException.notFound("There is no such dataset.");
    }
    if (!caller.operates(dataset)) {
      throw forbidden("Acting on this dataset needs the role operator for its source and schema.");
    }
  }

  /**
   * Lets only those pass who may act on every table that a request means.
   *
   * @param table schema.table, or a pattern of tables
   * @throws ProblemException when the caller may not
   */
  void requireOperator(String source, String table) {
    if (!caller.operates(source, table)) {
      throw forbidden(
          "Profiling needs the role operator for the source, or for the schema of a table that is"
              + " named without patterns, as schema.table.");
    }
  }

  /** Who orders something, for the record; {@code named} is whom the request names, or null. */
  String orderedBy(@org.jspecify.annotations.Nullable String named) {
    return caller.orderedBy(named);
  }

  static ProblemException forbidden(String detail) {
    return new ProblemException(ProblemCode.FORBIDDEN, detail, null);
  }
}
