package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.file.ConfigurationNode;
import io.profilemesh.configuration.file.EnvironmentValues;
import io.profilemesh.configuration.file.Mistake;
import io.profilemesh.configuration.file.YamlText;
import io.profilemesh.configuration.key.Entry;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.GroupsKey;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.reference.JsonSchema;
import io.profilemesh.configuration.reference.MarkdownReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is written down about the keys is what they are. Run with {@code -Dprofilemesh.update=true}
 * to write it down anew after a key has changed.
 */
class ConfigurationReferenceTest {

  private static final Path HOME = Path.of(System.getProperty("profilemesh.home"));

  @Test
  void shouldDocumentEveryKey() throws IOException {
    String reference = MarkdownReference.of(ConfigurationKeys.GROUP);

    assertThat(reference).contains(names());
    compare("docs/configuration-reference.md", reference);
  }

  @Test
  void shouldDescribeEveryKeyToEditors() throws IOException {
    String schema = JsonSchema.of(ConfigurationKeys.GROUP, ConfigurationFile.SCHEMA_TITLE);

    assertThat(schema).contains(names().stream().map(name -> '"' + name + "\": {").toList());
    compare("docs/configuration.schema.json", schema);
  }

  @Test
  void shouldReadEveryDeclaredKey() {
    // given: an entry of every form, so that every reader runs
    String text =
        """
        sources:
          server: { type: postgresql, database: d, username: u, capture: { mode: embedded } }
          %s
        datasets:
          - { source: server, table: t, values: { publish: [a] }, slice: { column: c },
              schedule: { zone: UTC } }
          - { source: server, table: t, values: redact }
        """
            .formatted(
                Arrays.stream(SourceType.values())
                    .map(type -> type + ": { type: " + type + " }")
                    .collect(Collectors.joining("\n  ")));
    List<Mistake> mistakes = new ArrayList<>();
    ConfigurationNode root =
        ConfigurationNode.root(
            YamlText.parse(text, mistakes).orElseThrow(),
            ConfigurationKeys.GROUP,
            new EnvironmentValues(Map.of(), true),
            mistakes);

    // when
    ConfigurationReader.read(root, HOME);

    // then: a key that is declared but never read would be accepted and do nothing
    Set<Entry> declared = new HashSet<>();
    entries(ConfigurationKeys.GROUP, declared);
    assertThat(declared).hasSizeGreaterThan(40);
    assertThat(declared)
        .filteredOn(entry -> entry != ConfigurationKeys.PROFILES)
        .filteredOn(entry -> !root.asked().contains(entry))
        .extracting(Entry::name)
        .isEmpty();
  }

  private static void entries(KeyGroup group, Set<Entry> all) {
    for (Entry entry : group.entries()) {
      if (all.add(entry)) {
        if (entry instanceof GroupKey below) {
          entries(below.group(), all);
        } else if (entry instanceof GroupsKey below) {
          entries(below.group(), all);
        }
      }
    }
  }

  private static Set<String> names() {
    Set<Entry> entries = new HashSet<>();
    entries(ConfigurationKeys.GROUP, entries);
    Set<String> names = entries.stream().map(Entry::name).collect(Collectors.toSet());
    assertThat(names).contains("sources", "password", "histogram-bins", "fraction");
    return names;
  }

  private static void compare(String file, String expected) throws IOException {
    Path path = HOME.resolve(file);
    if (Boolean.getBoolean("profilemesh.update")) {
      Files.writeString(path, expected);
    }
    assertThat(path).exists();
    assertThat(Files.readString(path)).isEqualTo(expected);
  }
}
