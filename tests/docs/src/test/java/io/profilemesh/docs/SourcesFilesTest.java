package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationMistakes;
import io.profilemesh.configuration.ProfilerConfiguration;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and samples that name sources are accepted by the profiler itself. */
class SourcesFilesTest {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)(?::[^}]*)?}");

  static Stream<String> samples() {
    return Repository.markdown().stream()
        .flatMap(document -> new Markdown(Repository.read(document)).blocks().stream())
        .filter(block -> block.language().equals("yaml"))
        .map(Markdown.Block::content)
        .filter(content -> Pattern.compile("^sources:", Pattern.MULTILINE).matcher(content).find());
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker/profilemesh.yaml", "k8s/base/config/profilemesh.yaml"})
  void shouldAcceptTheFile(String file) throws ConfigurationMistakes {
    assertThat(parse(Repository.read(file)).sources()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldAcceptTheSample(String sample) throws ConfigurationMistakes {
    assertThat(parse(sample).sources()).isNotEmpty();
  }

  private static ProfilerConfiguration parse(String text) throws ConfigurationMistakes {
    Map<String, String> variables = new TreeMap<>();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      variables.put(reference.group(1), "a-value");
    }
    return ConfigurationFile.parse("sample", text, Path.of("."), variables);
  }
}
