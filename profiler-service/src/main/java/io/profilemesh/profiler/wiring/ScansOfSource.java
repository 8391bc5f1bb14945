package io.profilemesh.profiler.wiring;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceName;
import java.util.function.ToIntFunction;

/** Most scans of a source at once; one for a source that is gone, whose runs only need to fail. */
record ScansOfSource(ProfilerConfiguration configuration) implements ToIntFunction<String> {

  @Override
  public int applyAsInt(String source) {
    return SourceName.isValid(source)
        ? configuration
            .source(new SourceName(source))
            .map(config -> config.limits().maxScans())
            .orElse(1)
        : 1;
  }
}
