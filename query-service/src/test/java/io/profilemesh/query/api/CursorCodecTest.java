package io.profilemesh.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.query.history.Cursor;
import io.profilemesh.query.history.Cursor.Direction;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorCodecTest {

  private static final String SCOPE = "/api/v1/runs?{status=[failed]}";

  private final CursorCodec codec = new CursorCodec("secret");
  private final Cursor cursor =
      new Cursor(Direction.PREVIOUS, List.of("2026-03-01T12:00:00Z", "a/b/\u00fc,\"]", ""));

  @Test
  void shouldGiveBackWhatItEncoded() {
    assertThat(codec.decode(SCOPE, codec.encode(SCOPE, cursor))).isEqualTo(cursor);
  }

  @Test
  void shouldBeReadByAnotherInstanceOfTheSameSecret() {
    assertThat(new CursorCodec("secret").decode(SCOPE, codec.encode(SCOPE, cursor)))
        .isEqualTo(cursor);
  }

  @Test
  void shouldRefuseACursorOfOtherFiltersOrAnotherSecret() {
    String text = codec.encode(SCOPE, cursor);
    refused("/api/v1/runs?{status=[completed]}", text);
    assertThatThrownBy(() -> new CursorCodec("other").decode(SCOPE, text))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void shouldRefuseEverySingleChangedBit() {
    byte[] bytes = Base64.getUrlDecoder().decode(codec.encode(SCOPE, cursor));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(SCOPE, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
    }
  }

  @Test
  void shouldRefuseWhatIsNoCursor() {
    for (String text : List.of("", "a", "%%%", "AAAA", "n", "x".repeat(100_000))) {
      refused(SCOPE, text);
    }
  }

  private void refused(String scope, String text) {
    assertThatThrownBy(() -> codec.decode(scope, text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("INVALID_CURSOR"));
  }
}
