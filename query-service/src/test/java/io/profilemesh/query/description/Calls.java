package io.profilemesh.query.description;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.query.description.ApiDocument.Input;
import io.profilemesh.query.description.ApiDocument.Operation;
import io.profilemesh.query.description.Client.Call;
import io.profilemesh.query.description.Inputs.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the requests to try on an operation from its description; the same ones each time. */
final class Calls {

  /** A header of the caller's choice that may make no sense. */
  private static final List<String> ACCEPTED =
      List.of("text/csv", "*/*", "application/xml", "text/*;q=0.5", "nonsense", "a/b/c;;,", "*");

  /** What the description leaves to the sentence beside it. */
  private static final Set<String> UNSAID =
      Set.of("dataset", "datasetId", "cursor", "Last-Event-ID", "requester", "reason", "requestId");

  private static final Set<String> UNSAID_IN_ONE =
      Set.of("compare.baseline", "compare.policyVersion", "compare.table", "muteDataset.until");

  private final Map<String, String> known;
  private final String key;
  private final long seed;
  private final int hostile;

  /**
   * For a service with rows.
   *
   * @param known a value that is there for parameters that name a thing
   * @param hostile hostile texts for each parameter
   */
  Calls(Map<String, String> known, String key, long seed, int hostile) {
    this.known = Map.copyOf(known);
    this.key = key;
    this.seed = seed;
    this.hostile = hostile;
  }

  /**
   * One request.
   *
   * @param fits whether the description lets a caller expect that it is not refused as malformed
   */
  record Attempt(Operation operation, Call call, boolean fits, boolean changesPath) {}

  List<Attempt> of(Operation operation) {
    Random chance = new Random(seed + operation.id().hashCode());
    List<Attempt> attempts = new ArrayList<>();
    List<Input> inputs = ApiDocument.inputs(operation);
    attempts.add(attempt(operation, Map.of(), true));
    for (Input input : inputs) {
      for (Sample sample : samples(operation, input, chance)) {
        boolean fits = sample.fits() && !unsaid(operation, input);
        attempts.add(attempt(operation, Map.of(input.name(), sample.text()), fits));
      }
    }
    for (int i = 0; i < (inputs.size() > 2 ? hostile : 0); i++) {
      Map<String, String> several = new LinkedHashMap<>();
      for (int j = 0; j < 3; j++) {
        Input input = inputs.get(chance.nextInt(inputs.size()));
        List<Sample> samples = samples(operation, input, chance);
        several.put(input.name(), samples.get(chance.nextInt(samples.size())).text());
      }
      attempts.add(attempt(operation, several, false));
    }
    Call usual = attempt(operation, Map.of(), true).call();
    for (String accepted : ACCEPTED) {
      attempts.add(new Attempt(operation, usual.with("Accept", accepted), false, false));
    }
    attempts.add(new Attempt(operation, usual.with("X-API-Key", "nobody's"), false, false));
    String more = usual.target() + (usual.target().contains("?") ? "&" : "?") + "tabel=1";
    attempts.add(
        new Attempt(
            operation,
            new Call(usual.method(), more, usual.headers(), usual.body()),
            false,
            false));
    if (operation.takesBody()) {
      for (Bodies.Sample body :
          Bodies.of(ApiDocument.bodyExample(operation), ApiDocument.bodySchema(operation))) {
        Call call =
            new Call(usual.method(), usual.target(), usual.headers(), body.bytes())
                .with("Content-Type", body.type());
        attempts.add(new Attempt(operation, call, body.fits(), false));
      }
    }
    return attempts;
  }

  private static boolean unsaid(Operation operation, Input input) {
    return UNSAID.contains(input.name())
        || UNSAID_IN_ONE.contains(operation.id() + '.' + input.name());
  }

  private List<Sample> samples(Operation operation, Input input, Random chance) {
    List<Sample> samples = new ArrayList<>();
    String there = known.get(input.name());
    samples.addAll(Inputs.fitting(input.schema(), there == null ? List.of() : List.of(there)));
    samples.addAll(Inputs.beyond(input.schema()));
    // Each stream holds a place for some seconds.
    samples.addAll(Inputs.hostile(chance, operation.id().startsWith("stream") ? 1 : hostile));
    return samples;
  }

  /** A request with what is needed, and some parameters as given. */
  private Attempt attempt(Operation operation, Map<String, String> given, boolean fits) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    Map<String, String> headers = new TreeMap<>(Map.of("X-API-Key", key));
    boolean changesPath = false;
    for (Input input : ApiDocument.inputs(operation)) {
      String value = given.get(input.name());
      if (value == null && (input.required() || isNeeded(operation, input))) {
        value = Inputs.encoded(known.getOrDefault(input.name(), "x"));
      }
      if (value == null) {
        continue;
      }
      switch (input.in()) {
        case "path" -> {
          path = path.replace("{" + input.name() + "}", value);
          changesPath |= value.isEmpty() || value.matches("(?i)(%2f|%2e|\\.)+.*|.*%2f.*|.*;.*");
        }
        case "query" ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(input.name())
                .append('=')
                .append(value);
        default -> headers.put(input.name(), printable(value));
      }
    }
    byte @Nullable [] body = null;
    if (operation.takesBody()) {
      JsonNode example = ApiDocument.bodyExample(operation);
      body = example.toString().getBytes(StandardCharsets.UTF_8);
      headers.put("Content-Type", "application/json");
    }
    return new Attempt(
        operation, new Call(operation.method(), path + query, headers, body), fits, changesPath);
  }

  /** A comparison needs to be told of what. */
  private static boolean isNeeded(Operation operation, Input input) {
    return operation.id().equals("compare") && input.name().equals("dataset");
  }

  /** What a header can carry. */
  private static String printable(String text) {
    String plain = text.length() > 2_000 ? text.substring(0, 2_000) : text;
    return plain.isEmpty() ? "x" : plain;
  }
}
