package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.InvalidPatternException;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.TablePattern;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.ProfileRequest;

/**
 * What an answer without a dataset speaks of: the pattern asked for, in the place of a table. What
 * is no name, such as a URL that may hold a password, is not repeated.
 */
final class RequestSubject {

  private static final int LONGEST = 200;
  private static final String UNNAMED = "invalid";

  private RequestSubject() {}

  static DatasetId of(ProfileRequest request) {
    String source = SourceName.isValid(request.getSource()) ? request.getSource() : UNNAMED;
    String table = request.getTable();
    if (table.isBlank() || table.contains("://") || table.startsWith("jdbc:")) {
      return DatasetId.of(source, "", UNNAMED);
    }
    try {
      if (TablePattern.parse(table) instanceof TablePattern.Exact exact) {
        String schema = exact.schema();
        return DatasetId.of(
            source,
            schema == null ? "" : PrintableText.of(schema, LONGEST),
            PrintableText.of(exact.table(), LONGEST));
      }
    } catch (InvalidPatternException e) {
      // Then the text stands for itself.
    }
    return DatasetId.of(source, "", PrintableText.of(table, LONGEST));
  }
}
