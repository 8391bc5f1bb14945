package io.profilemesh.profiler.plan;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** States that the test tells. */
public final class FakeTableStates implements TableStates {

  private final Map<String, LastScan> scans = new HashMap<>();

  /** A scan by the default settings, of 1,000 rows in a second, right after the look. */
  public void scanned(String dataset, String token, Instant lookedAt) {
    scans.put(
        dataset,
        new LastScan(
            "0192f0e4-7b5c-7c3e-8d1a-3f0c4b5a9d10",
            token,
            lookedAt,
            ProfileSettings.hash(
                DatasetConfig.defaults(new SourceName(DatasetId.parse(dataset).source()))),
            null,
            lookedAt,
            1000,
            Duration.ofSeconds(1)));
  }

  @Override
  public Optional<LastScan> lastScan(DatasetId dataset) {
    return Optional.ofNullable(scans.get(dataset.toString()));
  }

  @Override
  public List<DatasetId> known(String source) {
    return scans.keySet().stream()
        .map(DatasetId::parse)
        .filter(dataset -> dataset.source().equals(source))
        .sorted()
        .toList();
  }

  @Override
  public void forget(DatasetId dataset) {
    scans.remove(dataset.toString());
  }

  @Override
  public OptionalDouble secondsPerRow(String source) {
    return scans.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(0.001);
  }
}
