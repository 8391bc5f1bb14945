package io.profilemesh.drift.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionKeyTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true",
    "127.8.9.10,true",
    "::1,true",
    "0:0:0:0:0:0:0:1,true",
    "10.0.0.7,false",
    "192.168.1.1,false",
    "fe80::1,false",
    ",false"
  })
  void shouldAnswerToItsOwnHostOnlyWhenThereIsNoKey(String address, boolean answered) {
    assertThat(QuestionKey.NONE.admits(null, address)).isEqualTo(answered);
    assertThat(QuestionKey.NONE.header()).isNull();
  }

  @Test
  void shouldAnswerToWhoeverShowsTheKey() {
    // given
    QuestionKey key = QuestionKey.of(KEY);

    // when / then
    assertThat(key.admits("Bearer " + KEY, "10.0.0.7")).isTrue();
    assertThat(key.admits(key.header(), "127.0.0.1")).isTrue();
    assertThat(key.admits(null, "127.0.0.1")).isFalse();
    assertThat(key.admits(KEY, "127.0.0.1")).isFalse();
    assertThat(key.admits("Bearer " + KEY + "0", "127.0.0.1")).isFalse();
    assertThat(key.admits("Bearer ", "127.0.0.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "0123456789abcdef 0123456789abcdef",
        "0123456789abcdef0123456789abcdé"
      })
  void shouldRefuseAKeyThatIsTooWeakWithoutRepeatingIt(String key) {
    assertThatThrownBy(() -> QuestionKey.of(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "profilemesh.drift.question-key has at least 32 printable characters and no space");
  }

  @Test
  void shouldNotShowTheKeyAsText() {
    assertThat(QuestionKey.of(KEY)).hasToString("a key");
  }
}
