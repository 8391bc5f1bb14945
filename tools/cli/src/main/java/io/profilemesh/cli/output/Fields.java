package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One thing as rows: a row for each field that says something, named by the way to it. */
public final class Fields {

  /** What a row has. */
  public static final List<Column> COLUMNS =
      List.of(Column.text("field", "FIELD"), Column.text("value", "VALUE"));

  private Fields() {}

  /** The fields of a thing, in its order; those that are null or empty are left out. */
  public static List<ObjectNode> of(JsonNode thing) {
    List<ObjectNode> rows = new ArrayList<>();
    collect("", thing, rows);
    return rows;
  }

  private static void collect(String path, JsonNode node, List<ObjectNode> rows) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      rows));
    } else if (node.isArray() && holdsContainers(node)) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.get(i), rows);
      }
    } else if (!Formats.text(node).isEmpty()) {
      ObjectNode row = JsonNodeFactory.instance.objectNode().put("field", path);
      row.set("value", node);
      rows.add(row);
    }
  }

  private static boolean holdsContainers(JsonNode array) {
    for (JsonNode element : array) {
      if (element.isContainerNode()) {
        return true;
      }
    }
    return false;
  }
}
