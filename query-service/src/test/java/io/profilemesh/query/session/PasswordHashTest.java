package io.profilemesh.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

  private final SecureRandom chance = new SecureRandom();

  @Test
  void shouldRecogniseThePasswordAndNoOther() {
    String hash = PasswordHash.of("correct horse \u00e9", chance);

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(PasswordHash.matches("correct horse \u00e9", hash)).isTrue();
    assertThat(PasswordHash.matches("correct horse e", hash)).isFalse();
    assertThat(PasswordHash.matches("", hash)).isFalse();
    assertThat(PasswordHash.of("correct horse \u00e9", chance)).isNotEqualTo(hash);
  }

  @Test
  void shouldReadWhatTheReferenceImplementationWrites() {
    // echo -n "password" | argon2 somesalt -id -t 2 -m 16 -p 1
    assertThat(
            PasswordHash.matches(
                "password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                    + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
        .isTrue();
  }

  @Test
  void shouldTakeNothingElseForAHash() {
    assertThat(PasswordHash.matches("x", "")).isFalse();
    assertThat(PasswordHash.matches("x", "x")).isFalse();
    assertThat(PasswordHash.matches("x", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$AAAA"))
        .isFalse();
  }

  @Test
  void shouldProveChangesBySomethingThatTheCookieDoesNotShow() {
    SessionToken token = SessionToken.random(chance);

    assertThat(token.isProvedBy(token.proof())).isTrue();
    assertThat(token.isProvedBy(token.reveal())).isFalse();
    assertThat(SessionToken.parse(token.reveal()).orElseThrow().proof()).isEqualTo(token.proof());
    assertThat(SessionToken.parse(token.reveal() + "x")).isEmpty();
    assertThat(token.toString()).doesNotContain(token.reveal());
  }
}
