package io.profilemesh.drift.processor;

import io.profilemesh.schema.TableProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells contents apart by the first 8 bytes of their SHA-256. */
final class ContentDigest {

  private ContentDigest() {}

  static long of(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of what all parts of an attempt have in common. */
  static long ofFrame(TableProfile part) {
    String frame =
        String.join(
            "\0",
            part.getRequestId(),
            part.getSnapshot(),
            part.getSchemaFingerprint(),
            Integer.toString(part.getPartCount()),
            Long.toString(part.getRowCount()),
            part.getScanStartedAt().toString(),
            part.getScanEndedAt().toString(),
            String.valueOf(part.getSlice()));
    return of(frame.getBytes(StandardCharsets.UTF_8));
  }
}
