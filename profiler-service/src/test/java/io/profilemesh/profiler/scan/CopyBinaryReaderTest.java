package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.ProfileSettings;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.profiler.dialect.PostgreSqlEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyBinaryReaderTest {

  private static final PostgreSqlEncoding[] COLUMNS = {
    PostgreSqlEncoding.INT4,
    PostgreSqlEncoding.TEXT,
    PostgreSqlEncoding.NUMERIC,
    PostgreSqlEncoding.BYTEA,
    PostgreSqlEncoding.FLOAT8
  };

  @Test
  void shouldGiveTheSameProfileWhereverTheStreamIsCut() {
    // given
    byte[] stream = rows(12).end();
    List<ColumnProfile> whole = read(stream, stream.length, COLUMNS);

    // when, then: every place for a first cut, and every size of piece
    for (int cut = 1; cut < stream.length; cut++) {
      assertThat(describe(readCut(stream, cut))).isEqualTo(describe(whole));
      assertThat(describe(read(stream, cut, COLUMNS))).isEqualTo(describe(whole));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 65_536, 65_537, 131_072, 200_000, 1 << 20})
  void shouldReadManyBlocksWhateverTheSizeOfPieces(int piece) {
    // given
    byte[] stream = rows(20_000).end();

    // when
    List<ColumnProfile> profiles = read(stream, piece, COLUMNS);

    // then
    assertThat(profiles.get(0).number(Metric.COUNT)).hasValue(18_000);
    assertThat(profiles.get(0).number(Metric.NULL_COUNT)).hasValue(2_000);
    assertThat(profiles.get(0).number(Metric.SUM)).hasValue(expectedSum(20_000));
    assertThat(profiles.get(1).number(Metric.COUNT)).hasValue(20_000);
    assertThat(describe(profiles)).isEqualTo(describe(read(stream, stream.length, COLUMNS)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 65_536, 100_000, 1 << 22})
  void shouldPassLargeCellsOnInPiecesWherever(int piece) {
    // given: large cells in the first, middle and last column, next to each other and to nulls
    String text = "ä".repeat(80_000);
    byte[] large = new byte[300_000];
    Arrays.fill(large, (byte) 3);
    CopyStream stream = CopyStream.begin();
    for (int i = 0; i < 3; i++) {
      stream.row(text, 1, large);
      stream.row("short", null, new byte[] {1});
      stream.row(text + "!", 2, null);
      stream.row(null, 3, large);
    }
    PostgreSqlEncoding[] columns = {
      PostgreSqlEncoding.TEXT, PostgreSqlEncoding.INT4, PostgreSqlEncoding.BYTEA
    };

    // when
    byte[] bytes = stream.end();
    List<ColumnProfile> profiles = read(piece < 100 ? tail(bytes) : bytes, piece, columns);

    // then
    ColumnProfile texts = profiles.get(0);
    int repeats = piece < 100 ? 1 : 3;
    assertThat(texts.number(Metric.COUNT)).hasValue(3.0 * repeats);
    assertThat(texts.number(Metric.NULL_COUNT)).hasValue(repeats);
    assertThat(texts.number(Metric.MAX_LENGTH)).hasValue(80_001);
    assertThat(texts.number(Metric.DISTINCT_COUNT)).hasValue(3);
    assertThat(profiles.get(1).number(Metric.SUM)).hasValue(6.0 * repeats);
    assertThat(profiles.get(2).number(Metric.MAX_LENGTH)).hasValue(300_000);
    assertThat(profiles.get(2).number(Metric.DISTINCT_COUNT)).hasValue(2);
    assertThat(profiles.get(2).number(Metric.NULL_COUNT)).hasValue(repeats);
  }

  /** A third of the rows: byte by byte, the whole would take long. */
  private static byte[] tail(byte[] bytes) {
    int header = 19;
    int third = (bytes.length - header - 2) / 3;
    byte[] shorter = Arrays.copyOf(bytes, header + third + 2);
    shorter[header + third] = -1;
    shorter[header + third + 1] = -1;
    return shorter;
  }

  @Test
  void shouldReadNoRowsWhenThereAreNone() {
    // given
    byte[] stream = CopyStream.begin().end();

    // when
    List<ColumnProfile> profiles = read(stream, 5, COLUMNS);

    // then
    assertThat(profiles).allSatisfy(p -> assertThat(p.number(Metric.COUNT)).hasValue(0));
  }

  @Test
  void shouldSkipAnExtensionOfTheHeader() {
    // given
    byte[] stream = CopyStream.begin(new byte[100]).row(5).end();

    // when
    List<ColumnProfile> profiles = read(stream, 3, PostgreSqlEncoding.INT4);

    // then
    assertThat(profiles.get(0).number(Metric.MIN)).hasValue(5);
  }

  @Test
  void shouldCountRowsWithoutColumns() {
    // given
    CopyBinaryReader reader = new CopyBinaryReader(new ColumnDecoder[0]);
    byte[] stream = CopyStream.begin().row().row().row().end();

    // when
    reader.accept(stream, 0, stream.length);
    reader.finish();

    // then
    assertThat(reader.rows()).isEqualTo(3);
  }

  @Test
  void shouldRefuseWhatIsNotTheFormat() {
    assertRefused("not a copy stream at all, just text".getBytes(), "signature");
    assertRefused(CopyStream.begin().row(1).cutOff(), "trailer");
    assertRefused(CopyStream.begin().row(1, 2).end(), "cells");
    assertRefused(CopyStream.begin().row(1L).end(), "bytes instead of");
    assertRefused(CopyStream.begin().row("x".repeat(70_000)).end(), "larger than its type");
  }

  private static void assertRefused(byte[] stream, String sentence) {
    assertThatThrownBy(() -> read(stream, 64, PostgreSqlEncoding.INT4))
        .isInstanceOf(CopyFormatException.class)
        .hasMessageContaining(sentence);
  }

  private static CopyStream rows(int count) {
    CopyStream stream = CopyStream.begin();
    for (int i = 0; i < count; i++) {
      byte[] numeric = CopyStream.numeric(0, i % 2 == 0 ? 0 : 0x4000, 2, i % 9999 + 1, 2500);
      stream.row(
          i % 10 == 3 ? null : i,
          "text" + i % 3000,
          numeric,
          i % 4 == 0 ? null : new byte[i % 50],
          i / 8.0);
    }
    return stream;
  }

  private static double expectedSum(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += i % 10 == 3 ? 0 : i;
    }
    return sum;
  }

  private static List<ColumnProfile> readCut(byte[] stream, int cut) {
    ColumnDecoder[] decoders = decoders(COLUMNS);
    CopyBinaryReader reader = new CopyBinaryReader(decoders);
    reader.accept(stream, 0, cut);
    reader.accept(stream, cut, stream.length - cut);
    reader.finish();
    return profiles(decoders);
  }

  private static List<ColumnProfile> read(byte[] stream, int piece, PostgreSqlEncoding... columns) {
    ColumnDecoder[] decoders = decoders(columns);
    CopyBinaryReader reader = new CopyBinaryReader(decoders);
    for (int at = 0; at < stream.length; at += piece) {
      reader.accept(stream, at, Math.min(piece, stream.length - at));
    }
    reader.finish();
    return profiles(decoders);
  }

  private static ColumnDecoder[] decoders(PostgreSqlEncoding... columns) {
    AccumulatorSettings settings =
        AccumulatorSettings.forColumns(columns.length, Profiles.HASHER, Profiles.MONDAY);
    return Arrays.stream(columns)
        .map(encoding -> PostgreSqlDecoders.decoderOf(encoding, settings))
        .toArray(ColumnDecoder[]::new);
  }

  private static List<ColumnProfile> profiles(ColumnDecoder[] decoders) {
    List<ColumnProfile> profiles = new ArrayList<>();
    for (ColumnDecoder decoder : decoders) {
      ColumnDefinition column =
          new ColumnDefinition(new ColumnName("c"), 1, "test", ColumnType.OTHER, true, null);
      profiles.add(
          decoder.accumulator().profile(column, ProfileSettings.defaults(Profiles.HASHER)));
    }
    return profiles;
  }

  /** All of a profile but the identity of its arrays. */
  private static String describe(List<ColumnProfile> profiles) {
    StringBuilder text = new StringBuilder();
    for (ColumnProfile profile : profiles) {
      text.append(profile.metrics())
          .append(profile.histogram())
          .append(profile.quantiles())
          .append(profile.frequentValues());
      profile.sketches().forEach(sketch -> text.append(Arrays.toString(sketch.data())));
    }
    return text.toString();
  }
}
