package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.BooleanAccumulator;
import io.profilemesh.core.profile.DecimalAccumulator;
import io.profilemesh.core.profile.FloatAccumulator;
import io.profilemesh.core.profile.IntegerAccumulator;
import io.profilemesh.core.profile.OpaqueAccumulator;
import io.profilemesh.core.profile.OpaqueAccumulator.Form;
import io.profilemesh.core.profile.TemporalAccumulator;
import io.profilemesh.core.profile.TemporalAccumulator.Kind;
import io.profilemesh.core.profile.TextAccumulator;
import io.profilemesh.profiler.dialect.JdbcEncoding;
import io.profilemesh.profiler.scan.JdbcBytesCell.Source;

/** Makes the reader and accumulator of each encoding. */
final class JdbcCells {

  private JdbcCells() {}

  static JdbcCell<?> cellOf(JdbcEncoding encoding, AccumulatorSettings settings) {
    return switch (encoding) {
      case LONG -> new JdbcCell.Whole(new IntegerAccumulator(settings));
      case DOUBLE -> new JdbcCell.Floating(new FloatAccumulator(settings));
      case DECIMAL -> new JdbcCell.Decimal(new DecimalAccumulator(settings));
      case BOOLEAN -> new JdbcCell.Truth(new BooleanAccumulator(settings));
      case TEXT -> new JdbcBytesCell.Text(new TextAccumulator(settings), Source.TEXT);
      case PADDED_TEXT -> new JdbcBytesCell.Text(new TextAccumulator(settings), Source.PADDED_TEXT);
      case JSON, OTHER_AS_TEXT, ARRAY_AS_TEXT ->
          new JdbcBytesCell.Opaque(new OpaqueAccumulator(Form.TEXT, settings), Source.TEXT);
      case UUID_AS_TEXT ->
          new JdbcBytesCell.Opaque(new OpaqueAccumulator(Form.UUID, settings), Source.UUID);
      case BYTES ->
          new JdbcBytesCell.Opaque(new OpaqueAccumulator(Form.BYTES, settings), Source.BYTES);
      case DATE_AS_DAYS -> new JdbcCell.Moment(new TemporalAccumulator(Kind.DATE, settings));
      case TIME_AS_MICROS -> new JdbcCell.Moment(new TemporalAccumulator(Kind.TIME, settings));
      case TIMESTAMP_AS_MICROS ->
          new JdbcCell.Moment(new TemporalAccumulator(Kind.TIMESTAMP, settings));
      case INSTANT_AS_MICROS ->
          new JdbcCell.Moment(new TemporalAccumulator(Kind.TIMESTAMP_WITH_ZONE, settings));
      case DATE_AS_TEXT ->
          new JdbcCell.WrittenMoment(new TemporalAccumulator(Kind.DATE, settings), IsoTimes::days);
      case TIME_AS_TEXT ->
          new JdbcCell.WrittenMoment(
              new TemporalAccumulator(Kind.TIME, settings), IsoTimes::timeMicros);
      case TIMESTAMP_AS_TEXT ->
          new JdbcCell.WrittenMoment(
              new TemporalAccumulator(Kind.TIMESTAMP, settings), IsoTimes::timestampMicros);
    };
  }
}
