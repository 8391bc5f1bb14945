package io.profilemesh.drift.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Live: work can go on by itself. Started: it has begun. Ready: it goes on. */
@Singleton
class DriftHealth {

  private static final String NAME = "streams";

  @Produces
  @Liveness
  @Singleton
  HealthCheck live(DriftStatus status) {
    return () ->
        HealthCheckResponse.named(NAME)
            .status(status.isAlive())
            .withData("state", status.streams().name())
            .build();
  }

  @Produces
  @Startup
  @Singleton
  HealthCheck started(DriftStatus status) {
    return () ->
        HealthCheckResponse.named(NAME)
            .status(status.hasStarted())
            .withData("state", status.streams().name())
            .build();
  }

  @Produces
  @Readiness
  @Singleton
  HealthCheck ready(DriftStatus status) {
    return () -> {
      HealthCheckResponseBuilder response =
          HealthCheckResponse.named(NAME).withData("state", status.streams().name());
      status.obstacle().ifPresent(obstacle -> response.withData("obstacle", obstacle));
      return response.status(status.obstacle().isEmpty()).build();
    };
  }
}
