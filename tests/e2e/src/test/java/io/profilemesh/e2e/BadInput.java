package io.profilemesh.e2e;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Input that must be answered or dead-lettered, with the code each has to get. */
final class BadInput {

  /** A JSON request that must end as a FAILED or SKIPPED run event with the code. */
  record BadRequest(String name, String code, String json) {}

  /** A value that must end as a dead letter with the code; key null stands for a missing key. */
  record BadRecord(String name, String code, String key, byte[] value) {}

  private BadInput() {}

  /** Requests that are well-formed and cannot be accepted, against a source named {@code shop}. */
  static List<BadRequest> requests() {
    List<BadRequest> requests = new ArrayList<>();
    requests.add(request("unknown source", "UNKNOWN_SOURCE", "nowhere", "public.t01", ""));
    requests.add(
        request(
            "connection string as source",
            "INVALID_REQUEST",
            "jdbc:postgresql://evil/db?user=x",
            "public.t01",
            ""));
    requests.add(request("no such table", "NO_MATCHING_TABLE", "shop", "public.absent", ""));
    requests.add(request("pattern without match", "NO_MATCHING_TABLE", "shop", "nothing.*", ""));
    requests.add(request("broken expression", "INVALID_PATTERN", "shop", "/public\\\\.(/", ""));
    requests.add(
        request("injection", "NO_MATCHING_TABLE", "shop", "public.x\\\"; drop table t01;--", ""));
    requests.add(request("line break", "INVALID_REQUEST", "shop", "public.a\\nb", ""));
    requests.add(request("emoji", "NO_MATCHING_TABLE", "shop", "public.\\ud83d\\ude00", ""));
    requests.add(
        request("right-to-left mark", "NO_MATCHING_TABLE", "shop", "public.\\u202egnp", ""));
    requests.add(sampling("sampling 0", "{\"fraction\":0}"));
    requests.add(sampling("sampling below 0", "{\"fraction\":-1}"));
    requests.add(sampling("sampling above 1", "{\"fraction\":1.01}"));
    requests.add(sampling("row limit 0", "{\"rowLimit\":0}"));
    requests.add(
        request(
            "unknown column",
            "UNKNOWN_COLUMN",
            "shop",
            "public.t01",
            ",\"options\":{\"includeColumns\":[\"absent\"]}"));
    requests.add(
        request(
            "expired deadline",
            "DEADLINE_EXPIRED",
            "shop",
            "public.t01",
            ",\"deadline\":\"2020-01-01T00:00:00Z\""));
    requests.add(
        request(
            "run id that is none",
            "INVALID_REQUEST",
            "shop",
            "public.t01",
            ",\"runId\":\"not-a-uuid\""));
    requests.add(
        request(
            "unknown slice",
            "INVALID_OPTION",
            "shop",
            "public.t01",
            ",\"options\":{\"slice\":{\"name\":\"hourly\"}}"));
    return requests;
  }

  private static BadRequest sampling(String name, String sampling) {
    return request(
        name,
        "INVALID_OPTION",
        "shop",
        "public.t01",
        ",\"options\":{\"sampling\":" + sampling + "}");
  }

  private static BadRequest request(
      String name, String code, String source, String table, String more) {
    String id = "bad " + name;
    String json =
        "{\"requestId\":\"%s\",\"source\":\"%s\",\"table\":\"%s\"%s}"
            .formatted(id, source, table, more);
    return new BadRequest(id, code, json);
  }

  /**
   * Values that no consumer can read.
   *
   * @param good a readable record of the topic
   * @param foreignId id of a schema that is registered under another topic
   */
  static List<BadRecord> records(byte[] good, int foreignId) {
    List<BadRecord> bad = new ArrayList<>();
    bad.add(new BadRecord("null", "EMPTY_RECORD", "k", null));
    bad.add(new BadRecord("empty", "EMPTY_RECORD", "k", new byte[0]));
    bad.add(new BadRecord("wrong magic byte", "NOT_AVRO_WIRE_FORMAT", "k", changed(good, 0, 1)));
    bad.add(new BadRecord("magic byte only", "NOT_AVRO_WIRE_FORMAT", "k", new byte[] {0}));
    bad.add(new BadRecord("truncated id", "NOT_AVRO_WIRE_FORMAT", "k", new byte[] {0, 0, 0}));
    bad.add(
        new BadRecord("unknown id", "UNKNOWN_SCHEMA_ID", "k", withId(good, Integer.MAX_VALUE - 7)));
    bad.add(new BadRecord("foreign id", "FOREIGN_SCHEMA", "k", withId(good, foreignId)));
    bad.add(new BadRecord("text", "NOT_AVRO_WIRE_FORMAT", "k", utf8("hello, mesh")));
    bad.add(new BadRecord("random bytes", "UNDECODABLE_RECORD", "k", noise(good, 200)));
    bad.add(new BadRecord("cut in half", "UNDECODABLE_RECORD", "k", cut(good, good.length / 2)));
    bad.add(new BadRecord("one byte short", "UNDECODABLE_RECORD", "k", cut(good, good.length - 1)));
    bad.add(new BadRecord("header only", "UNDECODABLE_RECORD", "k", cut(good, 5)));
    bad.add(new BadRecord("trailing bytes", "UNDECODABLE_RECORD", "k", longer(good, 3)));
    bad.add(
        new BadRecord(
            "length of 2^62", "UNDECODABLE_RECORD", "k", body(good, "feffffffffffffff7f")));
    bad.add(new BadRecord("negative length", "UNDECODABLE_RECORD", "k", body(good, "01")));
    bad.add(
        new BadRecord(
            "varint of 11 bytes",
            "UNDECODABLE_RECORD",
            "k",
            body(good, "ffffffffffffffffffffff01")));
    return bad;
  }

  private static byte[] changed(byte[] value, int index, int with) {
    byte[] copy = value.clone();
    copy[index] = (byte) with;
    return copy;
  }

  private static byte[] withId(byte[] value, int id) {
    byte[] copy = value.clone();
    ByteBuffer.wrap(copy).putInt(1, id);
    return copy;
  }

  private static byte[] cut(byte[] value, int length) {
    return java.util.Arrays.copyOf(value, length);
  }

  private static byte[] longer(byte[] value, int by) {
    byte[] copy = java.util.Arrays.copyOf(value, value.length + by);
    java.util.Arrays.fill(copy, value.length, copy.length, (byte) 7);
    return copy;
  }

  private static byte[] noise(byte[] good, int length) {
    byte[] value = cut(good, 5 + length);
    java.util.Random random = new java.util.Random(42);
    for (int i = 5; i < value.length; i++) {
      value[i] = (byte) random.nextInt(256);
    }
    return value;
  }

  private static byte[] body(byte[] good, String hex) {
    byte[] tail = java.util.HexFormat.of().parseHex(hex);
    byte[] value = cut(good, 5 + tail.length);
    System.arraycopy(tail, 0, value, 5, tail.length);
    return value;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
