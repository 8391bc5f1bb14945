package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images are small promises: no root, a health check, what the build made and nothing else. */
class DockerfilesTest {

  static List<ServiceImage> images() {
    return ServiceImage.ALL;
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldRunAsAnUnprivilegedUser(ServiceImage image) {
    assertThat(image.first("^USER (\\S+)")).as(image.dockerfile()).contains("10001:10001");
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldSayHowItsHealthIsChecked(ServiceImage image) {
    assertThat(image.text()).containsPattern("(?m)^HEALTHCHECK ");
    image
        .port()
        .ifPresent(
            port -> assertThat(image.text()).contains("CMD [\"healthcheck\", \"" + port + "\"]"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldExposeThePortThatTheServiceListensOn(ServiceImage image) {
    image
        .module()
        .ifPresent(
            module -> assertThat(image.port()).contains(ServiceSettings.of(module).defaultPort()));
  }

  @ParameterizedTest
  @MethodSource("images")
  void shouldCopyOnlyWhatTheContextAdmits(ServiceImage image) {
    String admitted = Repository.read(".dockerignore");
    List<String> sources =
        Pattern.compile("^COPY (\\S+) ", Pattern.MULTILINE)
            .matcher(image.text())
            .results()
            .map((MatchResult found) -> found.group(1).replaceAll("/[^/]*$", ""))
            .toList();

    assertThat(sources).isNotEmpty().allMatch(source -> admitted.contains("!" + source));
  }

  @Test
  void shouldShareOneBase() {
    assertThat(ServiceImage.ALL.stream().map(image -> image.first("^FROM (\\S+)")).distinct())
        .hasSize(1);
  }
}
