package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README of a service lists the metrics that its code registers, and no other. */
class MetricsPagesTest {

  private static final Pattern REGISTERED =
      Pattern.compile("(?:counter|count|gauge|timer|builder)\\(\\s*\"(profilemesh\\.[a-z.]+)\"");
  private static final Pattern LISTED =
      Pattern.compile("`(profilemesh_[a-z_]+)(?:\\{[a-z,]+\\})?`");

  /** What the exposition format appends by kind and unit. */
  private static final Pattern SUFFIX = Pattern.compile("_(total|seconds|bytes)(?=_|$)");

  @ParameterizedTest
  @ValueSource(strings = {"profiler-service", "drift-service", "query-service"})
  void shouldListTheMetricsOfTheService(String service) {
    Set<String> registered = new TreeSet<>();
    Repository.files(service + "/src/main/java")
        .map(Repository::read)
        .filter(source -> source.contains("io.micrometer.core"))
        .forEach(
            source ->
                REGISTERED
                    .matcher(source)
                    .results()
                    .map(name -> stem(name.group(1).replace('.', '_')))
                    .forEach(registered::add));

    Set<String> listed = new TreeSet<>();
    for (String cell : new Markdown(Repository.read(service + "/README.md")).firstCells()) {
      LISTED.matcher(cell).results().map(name -> stem(name.group(1))).forEach(listed::add);
    }

    assertThat(registered).isNotEmpty();
    assertThat(listed).as(service + "/README.md").isEqualTo(registered);
  }

  private static String stem(String metric) {
    return SUFFIX.matcher(metric).replaceAll("");
  }
}
