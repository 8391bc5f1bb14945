package io.profilemesh.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules of requests. What depends on a configuration or a source is judged by the profiler. */
final class RequestRules {

  private static final int MOST_PATTERNS = 2_000;
  private static final int MOST_TABLES = 10_000;
  private static final int LONGEST_PATTERN = 1_000;
  private static final int MOST_PERIODS = 10_000;
  private static final int HIGHEST_PRIORITY = 1_000;

  private RequestRules() {}

  static Optional<Refusal> check(ProfileRequest request) {
    String problem = identity(request);
    problem = Parts.first(problem, target(request));
    problem = Parts.first(problem, times(request));
    if (problem != null) {
      return Optional.of(new Refusal(ReasonCode.INVALID_REQUEST, problem));
    }
    RunOptions options = request.getOptions();
    String wrong = options == null ? null : options(options);
    return wrong == null
        ? Optional.empty()
        : Optional.of(new Refusal(ReasonCode.INVALID_OPTION, "options." + wrong));
  }

  private static @Nullable String identity(ProfileRequest request) {
    String requestId = request.getRequestId();
    if (requestId != null
        && (requestId.isBlank() || !Shapes.isText(requestId, Parts.LONGEST_REQUEST_ID))) {
      return "requestId must have 1 to 200 printable characters.";
    }
    String runId = request.getRunId();
    if (runId != null && !Shapes.isUuid(runId)) {
      return "runId must be a UUID of 36 characters in lower case.";
    }
    if (!Shapes.isText(request.getRequester(), Parts.LONGEST_PERSON)) {
      return "requester must have at most 200 printable characters.";
    }
    return Shapes.isText(request.getReason(), Parts.LONGEST_REASON)
        ? ScheduleRules.pipeline(request.getPipeline())
        : "reason must have at most 1,000 printable characters.";
  }

  private static @Nullable String target(ProfileRequest request) {
    String source = request.getSource();
    if (!Shapes.isName(source) || source.isBlank()) {
      return "source must name a source of the profiler's configuration.";
    }
    if (source.contains("://") || source.startsWith("jdbc:")) {
      return "source must be the name of a configured source: an address is never accepted.";
    }
    if (request.getTable().isBlank() || !isPattern(request.getTable())) {
      return "table must be schema.table or a pattern, of at most 1,000 printable characters.";
    }
    if (request.getTables().size() > MOST_TABLES
        || !request.getTables().stream().allMatch(text -> !text.isBlank() && isPattern(text))) {
      return "tables must hold at most 10,000 tables or patterns of printable characters.";
    }
    return arePatterns(request.getExclude())
        ? null
        : "exclude must hold at most 2,000 patterns of printable characters.";
  }

  private static @Nullable String times(ProfileRequest request) {
    return Shapes.isInstantOrNull(request.getDeadline())
            && Shapes.isInstantOrNull(request.getRequestedAt())
        ? null
        : "deadline and requestedAt must lie between 1970 and 2100.";
  }

  private static @Nullable String options(RunOptions options) {
    if (!arePatterns(options.getIncludeColumns()) || !arePatterns(options.getExcludeColumns())) {
      return "includeColumns and excludeColumns must hold at most 2,000 patterns each.";
    }
    if (Math.abs((long) options.getPriority()) > HIGHEST_PRIORITY) {
      return "priority must lie between -1,000 and 1,000.";
    }
    if (options.getDistinct() == DistinctMode.UNKNOWN) {
      return "distinct must be AUTO, EXACT or APPROXIMATE.";
    }
    String problem = sampling(options.getSampling());
    problem = Parts.first(problem, slice(options.getSlice()));
    return Parts.first(problem, baseline(options.getBaseline()));
  }

  private static @Nullable String sampling(@Nullable Sampling sampling) {
    if (sampling == null) {
      return null;
    }
    if (sampling.getMethod() == SamplingMethod.UNKNOWN) {
      return "sampling.method must be NONE, BERNOULLI, BLOCK or LIMIT.";
    }
    if (sampling.getMethod() == SamplingMethod.NONE && sampling.getFraction() < 1) {
      return "sampling.method must be BERNOULLI or BLOCK where sampling.fraction is below 1.";
    }
    if (sampling.getMethod() == SamplingMethod.LIMIT && sampling.getRowLimit() == null) {
      return "sampling.rowLimit is needed by the method LIMIT.";
    }
    return Parts.sampling(sampling);
  }

  private static @Nullable String slice(@Nullable SliceRequest slice) {
    if (slice == null) {
      return null;
    }
    if (!Shapes.isName(slice.getName())) {
      return "slice.name must name a slice of the dataset's configuration.";
    }
    if (!Shapes.isInstantOrNull(slice.getStart()) || !Shapes.isInstantOrNull(slice.getEnd())) {
      return "slice.start and slice.end must lie between 1970 and 2100.";
    }
    if ((slice.getStart() == null) != (slice.getEnd() == null)) {
      return "slice.start and slice.end belong together.";
    }
    if (slice.getStart() != null
        && slice.getEnd() != null
        && !slice.getStart().isBefore(slice.getEnd())) {
      return "slice.start must be before slice.end.";
    }
    Integer last = slice.getLast();
    if (last != null && (last < 1 || last > MOST_PERIODS)) {
      return "slice.last must lie between 1 and 10,000.";
    }
    return last != null && slice.getStart() != null
        ? "slice.last and slice.start exclude each other."
        : null;
  }

  private static @Nullable String baseline(@Nullable BaselineChoice baseline) {
    if (baseline == null) {
      return null;
    }
    if (baseline.getStrategy() == BaselineStrategy.UNKNOWN) {
      return "baseline.strategy must be PREVIOUS, PINNED, WINDOW, SEASONAL or AUTO.";
    }
    String runId = baseline.getRunId();
    return runId == null || Shapes.isUuid(runId)
        ? null
        : "baseline.runId must be a UUID of 36 characters in lower case.";
  }

  private static boolean arePatterns(List<String> patterns) {
    return patterns.size() <= MOST_PATTERNS
        && patterns.stream().allMatch(text -> !text.isBlank() && isPattern(text));
  }

  private static boolean isPattern(String text) {
    return Shapes.isText(text, LONGEST_PATTERN);
  }
}
