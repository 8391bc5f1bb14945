package io.profilemesh.sink.rows;

import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.Sketch;
import io.profilemesh.sink.rows.CompleteProfile.Measured;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the sketches of columns: a row per column that has any. */
final class SketchInsert {

  private static final String INSERT =
      """
      INSERT INTO profilemesh_profile_sketches (run_id, dataset_name, column_name, profiled_at,
        kinds, formats, hash_ids, errors, sketches)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private SketchInsert() {}

  /** Adds the rows of complete profiles whose runs have none yet; gives their number. */
  static int write(Connection connection, Iterable<CompleteProfile> profiles) throws SQLException {
    List<Line> lines = new ArrayList<>();
    for (CompleteProfile profile : profiles) {
      for (Measured measured : profile.measured()) {
        ColumnProfile column = measured.profile();
        if (column != null && !column.getSketches().isEmpty()) {
          lines.add(new Line(profile, column));
        }
      }
    }
    Rows.write(connection, INSERT, lines, SketchInsert::bind);
    return lines.size();
  }

  private static void bind(Row row, Line line) throws SQLException {
    List<Sketch> sketches = line.column.getSketches();
    row.run(line.profile.head().getRunId())
        .text(line.profile.head().getDatasetId())
        .text(line.column.getColumn().getName())
        .instant(line.profile.head().getScanStartedAt())
        .texts(sketches.stream().map(sketch -> Words.of(sketch.getKind())).toList())
        .texts(sketches.stream().map(Sketch::getFormat).toList())
        .texts(hashIds(sketches))
        .numbers(sketches.stream().map(Sketch::getError).toArray(Double[]::new))
        .bytes(sketches.stream().map(sketch -> bytes(sketch.getData())).toList());
  }

  private static @Nullable List<@Nullable String> hashIds(List<Sketch> sketches) {
    if (sketches.stream().allMatch(sketch -> sketch.getHashId() == null)) {
      return null;
    }
    List<@Nullable String> ids = new ArrayList<>(sketches.size());
    sketches.forEach(sketch -> ids.add(sketch.getHashId()));
    return ids;
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  private record Line(CompleteProfile profile, ColumnProfile column) {}
}
