package io.profilemesh.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the source text shows. */
class SourcesTest {

  private static final Path HOME =
      Path.of(
              Objects.requireNonNull(
                  System.getProperty("profilemesh.home"),
                  "run with -Dprofilemesh.home=<repository root>"))
          .toAbsolutePath()
          .normalize();

  private static final Pattern TEST_METHOD =
      Pattern.compile("@(?:Test|Property|ParameterizedTest)\\b[^;{]*?\\bvoid\\s+(\\w+)\\s*\\(");

  @Test
  void shouldDescribeEveryPackage() {
    List<Path> undescribed =
        sources("src/main/java")
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !describes(folder.resolve("package-info.java")))
            .map(HOME::relativize)
            .toList();

    assertThat(undescribed)
        .as(
            "packages whose package-info.java lacks a sentence of purpose or @NullMarked (copy the"
                + " form of a neighbour's)")
        .isEmpty();
  }

  @Test
  void shouldAwaitStateInsteadOfSleeping() {
    assertThat(testsWith(text -> text.contains("Thread.sleep(")))
        .as("tests that sleep: await the state they need with Awaitility")
        .isEmpty();
  }

  @Test
  void shouldNameTestsByBehaviour() {
    List<String> misnamed =
        sources("src/test/java")
            .flatMap(
                file ->
                    TEST_METHOD
                        .matcher(read(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !name.startsWith("should"))
                        .map(name -> HOME.relativize(file) + "#" + name))
            .toList();

    assertThat(misnamed).as("tests not named shouldVerbWhenCondition").isEmpty();
  }

  @Test
  void shouldNeverDisableATest() {
    Pattern disabled = Pattern.compile("^\\s*@Disabled\\s*(\\(|$)", Pattern.MULTILINE);

    assertThat(testsWith(text -> disabled.matcher(text).find()))
        .as("disabled tests: mend or delete them; a missing prerequisite is an assumption")
        .isEmpty();
  }

  @Test
  void shouldSeeTheSourcesOfEveryModule() {
    assertThat(sources("src/main/java").map(file -> HOME.relativize(file).getName(0)).distinct())
        .map(Path::toString)
        .contains("schemas", "libs", "tools", "profiler-service", "drift-service", "query-service");
  }

  private static List<Path> testsWith(Predicate<String> flaw) {
    return sources("src/test/java")
        .filter(file -> !file.endsWith("SourcesTest.java"))
        .filter(file -> flaw.test(read(file)))
        .map(HOME::relativize)
        .toList();
  }

  private static boolean describes(Path packageInfo) {
    if (!Files.exists(packageInfo)) {
      return false;
    }
    String text = read(packageInfo);
    return text.contains("@NullMarked") && text.contains("/**");
  }

  private static Stream<Path> sources(String root) {
    try (Stream<Path> files = Files.walk(HOME)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains("/" + root + "/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
