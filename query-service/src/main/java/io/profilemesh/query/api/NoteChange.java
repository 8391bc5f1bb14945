package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.notes.TableNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change of what is written about a table or column, read strictly from the body of a request.
 *
 * @param change what becomes of the note
 * @param actor whom the body names; null: nobody
 */
record NoteChange(UnaryOperator<TableNote> change, @Nullable String actor) {

  /** For the description only. */
  @Schema(
      name = "TableChange",
      description = "What is left out stays; null goes back to source and configuration.")
  record TableForm(
      @Schema(minLength = 1, maxLength = 200, pattern = Bodies.LINE) @Nullable String owner,
      @Schema(minLength = 1, maxLength = LONGEST_DESCRIPTION) @Nullable String description,
      @Schema(maxItems = MOST_TAGS) @Nullable List<String> tags,
      @Schema(
              description = "Who changes it, for the record.",
              minLength = 1,
              maxLength = 200,
              pattern = Bodies.LINE)
          @Nullable String actor) {}

  /** For the description only. */
  @Schema(
      name = "ColumnChange",
      description = "What is left out stays; null goes back to the comment of the source.")
  record ColumnForm(
      @Schema(minLength = 1, maxLength = LONGEST_DESCRIPTION) @Nullable String description,
      @Schema(maxItems = MOST_TAGS) @Nullable List<String> tags,
      @Schema(
              description = "Who changes it, for the record.",
              minLength = 1,
              maxLength = 200,
              pattern = Bodies.LINE)
          @Nullable String actor) {}

  private static final String OWNER = "owner";
  private static final String DESCRIPTION = "description";
  private static final String TAGS = "tags";
  private static final String ACTOR = "actor";
  private static final int LONGEST_DESCRIPTION = 10_000;
  private static final int MOST_TAGS = 50;

  /**
   * Reads a body: a field that is absent stays, a null goes back to what source and configuration
   * say.
   *
   * @throws ProblemException when it is no such change; names the field
   */
  static NoteChange read(@Nullable JsonNode body, boolean ofTable) {
    Set<String> fields = new TreeSet<>(List.of(DESCRIPTION, TAGS, ACTOR));
    if (ofTable) {
      fields.add(OWNER);
    }
    if (body == null || !body.isObject() || body.isEmpty()) {
      throw ProblemException.invalid(
          "body", "Send a JSON object with one or more of " + String.join(", ", fields) + ".");
    }
    body.fieldNames().forEachRemaining(name -> requireKnown(name, fields));
    List<UnaryOperator<TableNote>> changes = new ArrayList<>();
    if (body.has(OWNER)) {
      String owner = Values.line(OWNER, text(body, OWNER), 200);
      changes.add(note -> note.withOwner(owner));
    }
    if (body.has(DESCRIPTION)) {
      String description = description(text(body, DESCRIPTION));
      changes.add(note -> note.withDescription(description));
    }
    if (body.has(TAGS)) {
      List<String> tags = tags(body.get(TAGS));
      changes.add(note -> note.withTags(tags));
    }
    if (changes.isEmpty()) {
      throw ProblemException.invalid("body", "Say what is to change: description or tags.");
    }
    String actor = Values.line(ACTOR, text(body, ACTOR), 200);
    return new NoteChange(
        note -> {
          TableNote after = note;
          for (UnaryOperator<TableNote> change : changes) {
            after = change.apply(after);
          }
          return after;
        },
        actor);
  }

  private static void requireKnown(String name, Set<String> fields) {
    if (!fields.contains(name)) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_PARAMETER, "The body has no such field.", name, List.copyOf(fields));
    }
  }

  private static @Nullable String description(@Nullable String text) {
    if (text != null
        && (text.isBlank()
            || text.length() > LONGEST_DESCRIPTION
            || !Values.isStorable(text)
            || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'))) {
      throw ProblemException.invalid(
          DESCRIPTION,
          "description is a text of at most 10,000 characters, or null to take it away.");
    }
    return text;
  }

  private static @Nullable List<String> tags(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : value) {
      String text = tag.isTextual() ? Values.line(TAGS, tag.textValue(), 100) : null;
      if (text == null) {
        throw tagsExpected();
      }
      tags.add(text);
    }
    if (!value.isArray() || tags.size() > MOST_TAGS) {
      throw tagsExpected();
    }
    return tags;
  }

  private static ProblemException tagsExpected() {
    return ProblemException.invalid(
        TAGS, "tags is an array of at most 50 texts of one line, or null to take them away.");
  }

  private static @Nullable String text(JsonNode body, String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ProblemException.invalid(field, field + " is a text.");
    }
    return value.textValue();
  }
}
