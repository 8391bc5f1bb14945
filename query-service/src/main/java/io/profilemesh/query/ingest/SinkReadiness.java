package io.profilemesh.query.ingest;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while every sink works, or pauses until the tables are migrated; a sink that waits says for
 * what and since when.
 */
@Readiness
@ApplicationScoped
public class SinkReadiness implements HealthCheck {

  private final Sinks sinks;
  private final SinkPositions positions;
  private final SinkLag lag;

  @Inject
  SinkReadiness(Sinks sinks, @Identifier(SinkPositions.NAME) SinkPositions positions, SinkLag lag) {
    this.sinks = sinks;
    this.positions = positions;
    this.lag = lag;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("sinks").up();
    for (SinkState state : sinks.states()) {
      SinkState.Waiting waiting = state.waiting();
      if (waiting == null) {
        response.withData(state.topic(), "lag " + lag.describe(state.topic()));
      } else {
        response.withData(state.topic(), waiting.reason() + ", since " + waiting.since());
        if (!waiting.paused()) {
          response.down();
        }
      }
    }
    positions
        .problems()
        .forEach(
            (TopicPartition partition, String problem) ->
                response.withData(partition.toString(), problem).down());
    return response.build();
  }
}
