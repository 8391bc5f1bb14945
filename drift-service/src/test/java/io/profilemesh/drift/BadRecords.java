package io.profilemesh.drift;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.Quantiles;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records that nobody should send, each with the code it is refused with. */
final class BadRecords {

  private static final String KEY = "shop/public/orders";

  private final TopologyHarness mesh;
  private final List<BadRecord> records = new ArrayList<>();

  private BadRecords(TopologyHarness mesh) {
    this.mesh = mesh;
  }

  /** A bad record. */
  record BadRecord(String name, @Nullable String key, byte @Nullable [] value, ReasonCode code) {}

  static List<BadRecord> all(TopologyHarness mesh) {
    BadRecords bad = new BadRecords(mesh);
    bad.framing();
    bad.encoding();
    bad.content();
    return bad.records;
  }

  private void framing() {
    byte[] good = good();
    add("null value", KEY, null, ReasonCode.EMPTY_RECORD);
    add("empty value", KEY, new byte[0], ReasonCode.EMPTY_RECORD);
    add("null key", null, good, ReasonCode.MISSING_KEY);
    add("key of another dataset", "shop/public/returns", good, ReasonCode.KEY_MISMATCH);
    add("wrong magic byte", changed(b -> b[0] = 1), ReasonCode.NOT_AVRO_WIRE_FORMAT);
    add("magic byte alone", new byte[1], ReasonCode.NOT_AVRO_WIRE_FORMAT);
    add("truncated schema id", Arrays.copyOf(good, 3), ReasonCode.NOT_AVRO_WIRE_FORMAT);
    add(
        "unknown schema id",
        changed(b -> ByteBuffer.wrap(b).putInt(1, 999_999)),
        ReasonCode.UNKNOWN_SCHEMA_ID);
    int foreign =
        mesh.client()
            .idOf(new Topics("test.").driftEvents().subject(), DriftEvent.getClassSchema())
            .orElseThrow();
    add(
        "schema id of another type",
        changed(b -> ByteBuffer.wrap(b).putInt(1, foreign)),
        ReasonCode.FOREIGN_SCHEMA);
  }

  private void encoding() {
    byte[] good = good();
    byte[] random = Arrays.copyOf(good, 200);
    byte[] noise = new byte[195];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, random, 5, noise.length);
    add("random bytes", random, ReasonCode.UNDECODABLE_RECORD);
    add("half a record", Arrays.copyOf(good, good.length / 2), ReasonCode.UNDECODABLE_RECORD);
    add("header alone", Arrays.copyOf(good, 5), ReasonCode.UNDECODABLE_RECORD);
    add("trailing bytes", Arrays.copyOf(good, good.length + 3), ReasonCode.UNDECODABLE_RECORD);
    add("negative string length", body(0x03), ReasonCode.UNDECODABLE_RECORD);
    add("string of 2^31 bytes", body(0xFE, 0xFF, 0xFF, 0xFF, 0x0F), ReasonCode.UNDECODABLE_RECORD);
    int[] endless = new int[11];
    Arrays.fill(endless, 0xFF);
    add("varint of 11 bytes", body(endless), ReasonCode.UNDECODABLE_RECORD);
    add("invalid UTF-8", body(0x04, 0xC3, 0x28), ReasonCode.UNDECODABLE_RECORD);
  }

  private void content() {
    invalid("run id that is no UUID", part -> part.setRunId("seventeen"));
    invalid("attempt 0", part -> part.setAttempt(0));
    invalid("part 3 of 2", part -> part.setPartIndex(3));
    invalid("no parts", part -> part.setPartCount(0));
    invalid("negative row count", part -> part.setRowCount(-1));
    invalid("more nulls than rows", part -> metric(part, "null_count", 1e9));
    invalid("NaN", part -> metric(part, "null_count", Double.NaN));
    invalid("infinity", part -> metric(part, "distinct_count", Double.POSITIVE_INFINITY));
    invalid("percent of 101", part -> metric(part, "null_percent", 101));
    invalid(
        "min above max",
        part -> {
          metric(part, "min", 9e9);
          metric(part, "max", 1);
        });
    invalid(
        "unsorted quantiles",
        part ->
            part.getColumnProfiles()
                .get(0)
                .setQuantiles(new Quantiles(List.of(0.1, 0.9), List.of(5.0, 1.0), 0.0)));
    invalid("scan in 2120", part -> part.setScanEndedAt(Instant.parse("2120-01-01T00:00:00Z")));
    invalid("scan before 1970", part -> part.setScanStartedAt(Instant.ofEpochMilli(-1)));
    invalid("another environment", part -> part.setEnvironment("production"));
    invalid("column with ordinal 0", part -> part.getColumns().get(0).setOrdinal(0));
    invalid(
        "profiled column not in the list",
        part -> part.setColumns(part.getColumns().subList(1, part.getColumns().size())));
    invalid(
        "column twice",
        part -> {
          List<ColumnProfile> columns = new ArrayList<>(part.getColumnProfiles());
          columns.add(columns.get(0));
          part.setColumnProfiles(columns);
        });
  }

  private void invalid(String name, Consumer<TableProfile> change) {
    TableProfile part = WireProfiles.whole(Profiles.orders().withRun(name));
    change.accept(part);
    add(
        name,
        KEY,
        mesh.bytes(TopologyHarness.TOPICS.tableProfiles(), part),
        ReasonCode.INVALID_RECORD);
  }

  private static void metric(TableProfile part, String name, double value) {
    List<MetricValue> metrics = new ArrayList<>(part.getColumnProfiles().get(0).getMetrics());
    metrics.removeIf(metric -> metric.getName().equals(name));
    metrics.add(MetricValue.newBuilder().setName(name).setNumber(value).build());
    part.getColumnProfiles().get(0).setMetrics(metrics);
  }

  private void add(String name, byte[] value, ReasonCode code) {
    add(name, KEY, value, code);
  }

  private void add(String name, @Nullable String key, byte @Nullable [] value, ReasonCode code) {
    records.add(new BadRecord(name, key, value, code));
  }

  private byte[] good() {
    return mesh.bytes(
        TopologyHarness.TOPICS.tableProfiles(), WireProfiles.whole(Profiles.orders()));
  }

  private byte[] changed(Consumer<byte[]> change) {
    byte[] bytes = good();
    change.accept(bytes);
    return bytes;
  }

  /** A good header, then these bytes. */
  private byte[] body(int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(good(), 0, 5);
    for (int one : bytes) {
      out.write(one);
    }
    return out.toByteArray();
  }
}
