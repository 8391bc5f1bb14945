package io.profilemesh.configuration.reference;

import io.profilemesh.configuration.key.Entry;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.GroupsKey;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.ListKey;
import io.profilemesh.configuration.key.MapKey;
import io.profilemesh.configuration.key.SecretKey;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The keys as tables in Markdown, a section for each mapping. */
public final class MarkdownReference {

  private final StringBuilder text = new StringBuilder();
  private final Set<KeyGroup> described = new HashSet<>();

  private MarkdownReference() {}

  /** The page about everything that can be found from a mapping. */
  public static String of(KeyGroup top) {
    MarkdownReference reference = new MarkdownReference();
    reference.text.append(
        """
        # Configuration reference

        Every key of the file that names sources and datasets. [Configuration](configuration.md) explains how the file is found, profiles and
        environment variables. Made from the declaration of the keys by
        `./mvnw -pl libs/configuration test -Dprofilemesh.update=true`.

        A value is overridden by the environment variable named after its path: `PROFILEMESH_`, then the path in capitals, with `_` for what is
        no letter or digit and for each step of the path.
        """);
    reference.section(top, "");
    return reference.text.toString();
  }

  private void section(KeyGroup group, String path) {
    if (!described.add(group)) {
      return;
    }
    text.append("\n## ").append(group.title()).append("\n\n");
    if (!path.isEmpty()) {
      text.append('`').append(path).append("`. ");
    }
    text.append(group.introduction()).append("\n\n");
    boolean variants = group.entries().stream().anyMatch(entry -> !entry.variants().isEmpty());
    text.append("| key | value | default |").append(variants ? " of types |" : "");
    text.append(" meaning |\n|---|---|---|").append(variants ? "---|" : "").append("---|\n");
    for (Entry entry : group.entries()) {
      row(entry, variants);
    }
    for (Entry entry : group.entries()) {
      if (entry instanceof GroupKey below) {
        section(below.group(), join(path, below.name()));
      } else if (entry instanceof GroupsKey below) {
        String step = below.form() == GroupsKey.Form.BY_NAME ? ".<name>" : "[n]";
        section(below.group(), join(path, below.name()) + step);
      }
    }
  }

  private void row(Entry entry, boolean variants) {
    text.append("| `").append(entry.name()).append("` | ").append(value(entry)).append(" | ");
    text.append(fallback(entry)).append(" | ");
    if (variants) {
      text.append(String.join(", ", entry.variants().stream().sorted().toList())).append(" | ");
    }
    text.append(entry.meaning()).append(" |\n");
    if (entry instanceof SecretKey secret) {
      text.append("| `").append(secret.fileName()).append("` | path | none | ");
      if (variants) {
        text.append(String.join(", ", entry.variants().stream().sorted().toList())).append(" | ");
      }
      text.append("file that holds `").append(entry.name()).append("`; excludes it |\n");
    }
  }

  private static String value(Entry entry) {
    if (entry instanceof Key<?> key) {
      return key.kind().notation();
    }
    if (entry instanceof SecretKey) {
      return "secret text";
    }
    if (entry instanceof ListKey<?> list) {
      return "list: " + list.kind().notation();
    }
    if (entry instanceof MapKey<?> map) {
      return "by name: " + map.kind().notation();
    }
    if (entry instanceof GroupKey group) {
      Key<?> shorthand = group.shorthand();
      String mapping = "[mapping](#" + anchor(group.group()) + ")";
      return shorthand == null ? mapping : shorthand.kind().notation() + ", or a " + mapping;
    }
    GroupsKey groups = (GroupsKey) entry;
    String each = "[mappings](#" + anchor(groups.group()) + ")";
    return groups.form() == GroupsKey.Form.BY_NAME ? each + " by name" : "list of " + each;
  }

  private static String fallback(Entry entry) {
    if (entry.isRequired()) {
      return "required";
    }
    if (entry instanceof Key<?> key) {
      return fallback(key);
    }
    if (entry instanceof GroupKey group && group.shorthand() != null) {
      return fallback(group.shorthand());
    }
    return entry instanceof ListKey<?> list ? list.shownDefault() : "none";
  }

  private static String fallback(Key<?> key) {
    if (key.fallback() != null) {
      return '`' + key.fallback() + '`';
    }
    return key.shownDefault() == null ? "none" : key.shownDefault();
  }

  private static String anchor(KeyGroup group) {
    return group.title().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }
}
