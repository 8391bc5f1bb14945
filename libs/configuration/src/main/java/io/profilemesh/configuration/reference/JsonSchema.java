package io.profilemesh.configuration.reference;

import io.profilemesh.configuration.key.Entry;
import io.profilemesh.configuration.key.GroupKey;
import io.profilemesh.configuration.key.GroupsKey;
import io.profilemesh.configuration.key.Key;
import io.profilemesh.configuration.key.KeyGroup;
import io.profilemesh.configuration.key.ListKey;
import io.profilemesh.configuration.key.MapKey;
import io.profilemesh.configuration.key.SecretKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys as a JSON Schema, for editors. It is more lenient than the reader: what one key says
 * about another is not in it.
 */
public final class JsonSchema {

  private static final String TEXT_WITH_VARIABLE = "\\$\\{";

  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema() {}

  /** The schema of a file whose top mapping has these keys. */
  public static String of(KeyGroup top, String title) {
    JsonSchema schema = new JsonSchema();
    String root = schema.define(top);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", "http://json-schema.org/draft-07/schema#");
    document.put("title", title);
    document.put("$ref", root);
    document.put("definitions", schema.definitions);
    return Json.write(document) + '\n';
  }

  private String define(KeyGroup group) {
    String name = group.title().toLowerCase(Locale.ROOT).replace(' ', '-');
    String reference = "#/definitions/" + name;
    if (definitions.putIfAbsent(name, Map.of()) != null) {
      return reference;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Entry entry : group.entries()) {
      properties.put(entry.name(), described(value(entry), entry.meaning()));
      if (entry instanceof SecretKey secret) {
        properties.put(
            secret.fileName(),
            described(text(), "file that holds `" + secret.name() + "`; excludes it"));
      }
    }
    definitions.put(
        name,
        object(
            "type",
            List.of("object", "null"),
            "properties",
            properties,
            "additionalProperties",
            false));
    return reference;
  }

  private Map<String, Object> value(Entry entry) {
    if (entry instanceof Key<?> key) {
      return scalar(key);
    }
    if (entry instanceof SecretKey) {
      return object("type", List.of("string", "number"));
    }
    if (entry instanceof ListKey<?> list) {
      Map<String, Object> item = orVariable(list.kind().schema());
      return object("anyOf", List.of(item, object("type", "array", "items", item)));
    }
    if (entry instanceof MapKey<?> map) {
      return object("type", "object", "additionalProperties", orVariable(map.kind().schema()));
    }
    if (entry instanceof GroupKey group) {
      Map<String, Object> mapping = object("$ref", define(group.group()));
      return group.shorthand() == null
          ? mapping
          : object("anyOf", List.of(scalar(group.shorthand()), mapping));
    }
    GroupsKey groups = (GroupsKey) entry;
    Map<String, Object> each = object("$ref", define(groups.group()));
    return groups.form() == GroupsKey.Form.BY_NAME
        ? object("type", "object", "additionalProperties", each)
        : object("type", "array", "items", each);
  }

  private static Map<String, Object> scalar(Key<?> key) {
    Map<String, Object> schema = orVariable(key.kind().schema());
    if (key.fallback() != null) {
      schema.put("default", typed(key.fallback(), key.kind().schema().get("type")));
    }
    return schema;
  }

  private static Object typed(String fallback, @Nullable Object type) {
    if ("boolean".equals(type)) {
      return Boolean.valueOf(fallback);
    }
    if ("integer".equals(type)) {
      return Long.valueOf(fallback);
    }
    return "number".equals(type) ? (Object) Double.valueOf(fallback) : fallback;
  }

  /** Any value may come from a variable. */
  private static Map<String, Object> orVariable(Map<String, Object> schema) {
    return "string".equals(schema.get("type")) && !schema.containsKey("pattern")
        ? new LinkedHashMap<>(sorted(schema))
        : object(
            "anyOf",
            List.of(sorted(schema), object("type", "string", "pattern", TEXT_WITH_VARIABLE)));
  }

  /** In one order whatever map it came in. */
  private static Map<String, Object> sorted(Map<String, Object> schema) {
    return new TreeMap<>(schema);
  }

  private static Map<String, Object> text() {
    return object("type", "string", "minLength", 1);
  }

  private static Map<String, Object> described(Map<String, Object> schema, String meaning) {
    // Beside a reference, draft 7 ignores everything else.
    Map<String, Object> described =
        schema.containsKey("$ref") ? object("allOf", List.of(schema)) : new LinkedHashMap<>(schema);
    described.put(
        "description", meaning.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", ""));
    return described;
  }

  private static Map<String, Object> object(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
