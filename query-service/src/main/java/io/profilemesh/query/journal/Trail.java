package io.profilemesh.query.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.query.history.Footprint;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the current request turned out to be about. */
@RequestScoped
public class Trail implements Footprint {

  private final ObjectMapper json;
  private @Nullable String resourceId;
  private @Nullable String resourceName;
  private @Nullable String before;
  private @Nullable String after;
  private @Nullable Long rows;
  private @Nullable Long written;
  private final Set<String> tables = new TreeSet<>();

  @Inject
  Trail(ObjectMapper json) {
    this.json = json;
  }

  /** The thing that is changed, where the path does not say. */
  public void about(@Nullable String id, @Nullable String name) {
    resourceId = id;
    resourceName = name;
  }

  /** The thing before, without secrets. */
  public void before(@Nullable Object thing) {
    before = write(thing);
  }

  /** The thing after, or the order as it was given, without secrets. */
  public void after(@Nullable Object thing) {
    after = write(thing);
  }

  /** How many items the answer has. */
  public void rows(long count) {
    rows = count;
  }

  /** Rows were written to our tables. */
  public void wrote(long count) {
    written = (written == null ? 0 : written) + count;
  }

  @Override
  public void read(Set<String> names) {
    tables.addAll(names);
  }

  /** Rows written so far; null: none. */
  @Nullable Long written() {
    return written;
  }

  List<String> tables() {
    return List.copyOf(tables);
  }

  @Nullable String resourceId() {
    return resourceId;
  }

  @Nullable String resourceName() {
    return resourceName;
  }

  @Nullable String before() {
    return before;
  }

  @Nullable String after() {
    return after;
  }

  @Nullable Long rows() {
    return rows;
  }

  private @Nullable String write(@Nullable Object thing) {
    try {
      return thing == null ? null : json.writeValueAsString(thing);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
