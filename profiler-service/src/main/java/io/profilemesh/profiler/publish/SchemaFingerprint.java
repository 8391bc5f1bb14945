package io.profilemesh.profiler.publish;

import io.profilemesh.core.profile.ColumnDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One short text for the shape of a table: equal texts, equal columns. */
final class SchemaFingerprint {

  private static final int BYTES = 8;

  private SchemaFingerprint() {}

  /** SHA-256 over names, types, nullability and order, 16 hexadecimal digits. */
  static String of(List<ColumnDefinition> columns) {
    MessageDigest digest = sha256();
    for (ColumnDefinition column : columns) {
      add(digest, column.name().value());
      add(digest, column.dataType());
      add(digest, String.valueOf(column.nullable()));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /** Length first, so that two lists of columns never give the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
