package io.profilemesh.query.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.Feedback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does about an incident, read strictly from the body of a request.
 *
 * @param actor whom the body names, or null
 * @param mute whether the end of the mute is set, to nothing perhaps
 */
record IncidentChange(
    boolean acknowledge,
    @Nullable String assignee,
    boolean mute,
    @Nullable Instant mutedUntil,
    @Nullable Feedback feedback,
    @Nullable String actor,
    @Nullable String reason) {

  /** For the description only. */
  @Schema(name = "IncidentChange", description = "What is to change, in one or more ways.")
  record Form(
      @Schema(description = "True: seen.") @Nullable Boolean acknowledge,
      @Schema(
              description = "Who works on it.",
              minLength = 1,
              maxLength = 200,
              pattern = Bodies.LINE)
          @Nullable String assignee,
      @Schema(description = "Nobody is told until then; null ends the mute.")
          @Nullable Instant mutedUntil,
      @Schema(enumeration = {"expected", "false_positive", "confirmed"}) @Nullable String feedback,
      @Schema(
              description = "Who changes it, for the record.",
              minLength = 1,
              maxLength = 200,
              pattern = Bodies.LINE)
          @Nullable String actor,
      @Schema(description = "Why.", minLength = 1, maxLength = 1_000, pattern = Bodies.LINE)
          @Nullable String reason) {}

  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of("acknowledge", "assignee", "mutedUntil", "feedback", "actor", "reason"));
  private static final List<String> FEEDBACK = List.of("expected", "false_positive", "confirmed");

  /**
   * Reads a body.
   *
   * @throws ProblemException when it is no such change; names the field
   */
  static IncidentChange read(@Nullable JsonNode body) {
    JsonNode fields = Bodies.object(body, FIELDS);
    JsonNode seen = fields.path("acknowledge");
    if (!seen.isMissingNode() && !seen.isBoolean()) {
      throw ProblemException.invalid("acknowledge", "acknowledge is true or false.");
    }
    String word = Values.word("feedback", Bodies.text(fields, "feedback"), FEEDBACK);
    String actor = Values.line("actor", Bodies.text(fields, "actor"), 200);
    IncidentChange change =
        new IncidentChange(
            seen.asBoolean(false),
            Values.line("assignee", Bodies.text(fields, "assignee"), 200),
            fields.has("mutedUntil"),
            Values.instant("mutedUntil", Bodies.text(fields, "mutedUntil")),
            word == null ? null : Feedback.valueOf(word.toUpperCase(Locale.ROOT)),
            actor,
            Values.line("reason", Bodies.text(fields, "reason"), 1_000));
    if (change.commands("", "", "", Instant.EPOCH).isEmpty()) {
      throw ProblemException.invalid(
          "body", "Say what is to change: acknowledge, assignee, mutedUntil or feedback.");
    }
    return change;
  }

  /** The commands that do it, in the order in which they are to be done. */
  List<DriftCommand> commands(String dataset, String incident, String orderedBy, Instant now) {
    List<DriftCommand> commands = new ArrayList<>();
    Consumer<DriftCommand.Builder> add =
        command ->
            commands.add(
                command
                    .setCommandId(UUID.randomUUID().toString())
                    .setDatasetId(dataset)
                    .setIncidentId(incident)
                    .setActor(orderedBy)
                    .setReason(reason)
                    .setIssuedAt(now)
                    .build());
    if (acknowledge) {
      add.accept(DriftCommand.newBuilder().setKind(DriftCommandKind.ACKNOWLEDGE));
    }
    if (assignee != null) {
      add.accept(DriftCommand.newBuilder().setKind(DriftCommandKind.ASSIGN).setAssignee(assignee));
    }
    if (mute) {
      add.accept(DriftCommand.newBuilder().setKind(DriftCommandKind.MUTE).setUntil(mutedUntil));
    }
    if (feedback != null) {
      add.accept(
          DriftCommand.newBuilder().setKind(DriftCommandKind.FEEDBACK).setFeedback(feedback));
    }
    return commands;
  }
}
