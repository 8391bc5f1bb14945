package io.profilemesh.metadata.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {

  @ParameterizedTest
  @CsvSource({
    "reader,shop,public,true",
    "reader,shop,'',true",
    "reader:shop,shop,anything,true",
    "reader:shop,shop2,public,false",
    "reader:shop/public,shop,public,true",
    "reader:shop/public,shop,publi,false",
    "reader:shop/public,SHOP,public,false",
    "operator:*/sales_?,x,sales_1,false",
    "reader:*/sales_*,x,sales_1,true",
    "reader:*/sales_*,x,salesX1,false",
    "reader:a.c/*,abc,x,false",
    "reader:shop/with/slash,shop,with/slash,true",
    "reader:*ab*b/*,xabb,x,true",
    "reader:*ab*b/*,xab,x,false",
    "reader:a*a/*,a,x,false",
    "reader:a*a/*,aa,x,true",
    "reader:a**b/*,ab,x,true",
    "reader:a*b*c/*,a.b.b.c,x,true",
    "reader:a*b*c/*,acb,x,false"
  })
  void shouldCoverWhatItsPatternsMean(String grant, String source, String schema, boolean covered) {
    assertThat(Grant.parse(grant).covers(source, schema)).isEqualTo(covered);
  }

  @Test
  @Timeout(5)
  void shouldNotTakeLongOverManyWildcards() {
    assertThat(new NamePattern("*a".repeat(99) + "*b").matches("a".repeat(100_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reader", "operator:shop/*", "admin", "reader:*/public", "reader:a/b/c"})
  void shouldBeReadAsItIsWritten(String text) {
    assertThat(Grant.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "root", "admin:shop", "reader:", "reader:/x", "reader:a\nb", " reader"})
  void shouldRefuseWhatIsNoGrant(String text) {
    assertThatThrownBy(() -> Grant.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldEscapeWhatLikeTakesForAWildcard() {
    assertThat(new NamePattern("a_b%c\\d*").like()).isEqualTo("a\\_b\\%c\\\\d%");
  }

  @Test
  void shouldRankRoles() {
    assertThat(Role.ADMIN.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.READER.includes(Role.OPERATOR)).isFalse();
  }

  @Test
  void shouldRecogniseAKeyByItsHashOnly() {
    ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
    ApiKeySecret other = ApiKeySecret.random(new SecureRandom());

    ApiKeySecret read = ApiKeySecret.parse(secret.reveal()).orElseThrow();

    assertThat(read.isBehind(secret.hash())).isTrue();
    assertThat(read.isBehind(other.hash())).isFalse();
    assertThat(secret.reveal()).startsWith("pmk_" + secret.prefix() + "_").hasSize(56);
    assertThat(secret.toString()).doesNotContain(secret.reveal().substring(13));
    assertThat(ApiKeySecret.hideIn("a " + secret.reveal() + " b"))
        .isEqualTo("a pmk_" + secret.prefix() + "_... b");
    assertThat(ApiKeySecret.parse(secret.reveal() + "x")).isEmpty();
  }

  @Test
  void shouldMakeNoKeyThatMayNothingOrHasEnded() {
    Instant now = Instant.EPOCH;
    List<Grant> grants = List.of(Grant.parse("reader"));

    assertThatThrownBy(() -> new NewApiKey("x", List.of(), "me", now, null))
        .hasMessageContaining("grants");
    assertThatThrownBy(() -> new NewApiKey("x", grants, "me", now, now))
        .hasMessageContaining("end");
    assertThatThrownBy(() -> new NewApiKey(" ", grants, "me", now, null))
        .hasMessageContaining("name");
  }
}
