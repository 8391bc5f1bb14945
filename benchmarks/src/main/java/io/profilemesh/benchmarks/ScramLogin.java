package io.profilemesh.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's part of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. */
final class ScramLogin {

  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BITS = 256;

  private final String password;
  private final String first = "n=,r=" + UUID.randomUUID();

  ScramLogin(String password) {
    this.password = password;
  }

  byte[] first() {
    return ("n,," + first).getBytes(StandardCharsets.UTF_8);
  }

  /** The proof that the password is known, for what the server answered. */
  byte[] last(String challenge) {
    String[] parts = challenge.split(",", 3);
    byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
    int iterations = Integer.parseInt(parts[2].substring(2));
    String withoutProof = "c=biws," + parts[0];
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
              .getEncoded();
      byte[] clientKey = hmac(salted, "Client Key");
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] signature = hmac(storedKey, first + "," + challenge + "," + withoutProof);
      for (int i = 0; i < clientKey.length; i++) {
        clientKey[i] ^= signature[i];
      }
      String proof = Base64.getEncoder().encodeToString(clientKey);
      return (withoutProof + ",p=" + proof).getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
