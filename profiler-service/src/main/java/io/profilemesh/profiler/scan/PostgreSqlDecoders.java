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
import io.profilemesh.profiler.dialect.PostgreSqlEncoding;

/** Makes the decoder and accumulator of each wire form. */
final class PostgreSqlDecoders {

  private static final int TIME_BYTES = 8;
  private static final int TIME_WITH_ZONE_BYTES = 12;

  private PostgreSqlDecoders() {}

  static ColumnDecoder decoderOf(PostgreSqlEncoding encoding, AccumulatorSettings settings) {
    return switch (encoding) {
      case INT2 -> new FixedDecoder.Int2(new IntegerAccumulator(settings));
      case INT4 -> new FixedDecoder.Int4(new IntegerAccumulator(settings));
      case INT8 -> new FixedDecoder.Int8(new IntegerAccumulator(settings));
      case OID -> new FixedDecoder.Unsigned4(new IntegerAccumulator(settings));
      case FLOAT4 -> new FixedDecoder.Float4(new FloatAccumulator(settings));
      case FLOAT8 -> new FixedDecoder.Float8(new FloatAccumulator(settings));
      case NUMERIC, MONEY -> new NumericDecoder(new DecimalAccumulator(settings));
      case TEXT -> new TextDecoder(new TextAccumulator(settings), false);
      case PADDED_TEXT -> new TextDecoder(new TextAccumulator(settings), true);
      case BOOL -> new FixedDecoder.Bool(new BooleanAccumulator(settings));
      case DATE -> new FixedDecoder.Date(new TemporalAccumulator(Kind.DATE, settings));
      case TIME -> new FixedDecoder.Time(new TemporalAccumulator(Kind.TIME, settings), TIME_BYTES);
      case TIMETZ ->
          new FixedDecoder.Time(new TemporalAccumulator(Kind.TIME, settings), TIME_WITH_ZONE_BYTES);
      case TIMESTAMP ->
          new FixedDecoder.Timestamp(new TemporalAccumulator(Kind.TIMESTAMP, settings));
      case TIMESTAMPTZ ->
          new FixedDecoder.Timestamp(new TemporalAccumulator(Kind.TIMESTAMP_WITH_ZONE, settings));
      case UUID -> new OpaqueDecoder(new OpaqueAccumulator(Form.UUID, settings), 0);
      case JSONB -> new OpaqueDecoder(new OpaqueAccumulator(Form.TEXT, settings), 1);
      case JSON, XML, ARRAY_AS_TEXT, OPAQUE_AS_TEXT ->
          new OpaqueDecoder(new OpaqueAccumulator(Form.TEXT, settings), 0);
      case BYTEA, ARRAY, OPAQUE ->
          new OpaqueDecoder(new OpaqueAccumulator(Form.BYTES, settings), 0);
    };
  }
}
