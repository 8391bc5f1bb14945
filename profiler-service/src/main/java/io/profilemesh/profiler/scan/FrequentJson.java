package io.profilemesh.profiler.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.core.profile.ComputedColumn.Frequent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frequent values as engines give them: pairs, or objects with value and count. */
final class FrequentJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private FrequentJson() {}

  static List<Frequent> parse(@Nullable String text) throws SQLException {
    if (text == null) {
      return List.of();
    }
    try {
      List<Frequent> values = new ArrayList<>();
      for (JsonNode each : JSON.readTree(text)) {
        JsonNode value = each.isArray() ? each.path(0) : each.path("value");
        JsonNode count = each.isArray() ? each.path(1) : each.path("count");
        if (!value.isNull() && !value.isMissingNode()) {
          values.add(new Frequent(value.asText(), count.asLong()));
        }
      }
      return values;
    } catch (JsonProcessingException e) {
      throw new SQLException("the frequent values are no JSON", "22000");
    }
  }
}
