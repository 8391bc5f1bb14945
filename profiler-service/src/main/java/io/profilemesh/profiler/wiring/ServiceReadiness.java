package io.profilemesh.profiler.wiring;

import io.profilemesh.profiler.capture.CaptureStatus;
import io.profilemesh.profiler.source.ConnectedSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when requests are answered and runs worked off. Sources are named in the details only: one
 * that is down is a matter of its runs, not of the service.
 */
@Readiness
@ApplicationScoped
public class ServiceReadiness implements HealthCheck {

  private final ProfilerLifecycle lifecycle;
  private final DependencyProbe probe;

  @Inject
  ServiceReadiness(ProfilerLifecycle lifecycle) {
    this.lifecycle = lifecycle;
    this.probe = new DependencyProbe();
  }

  @Override
  public HealthCheckResponse call() {
    ProfilerRuntime runtime = lifecycle.runtime();
    Starter starter = lifecycle.starter();
    DependencyProbe.State state = probe.state(runtime.admin(), runtime.registry());
    boolean up =
        starter.phase() == Phase.RUNNING
            && runtime.worker().isAssigned()
            && state.broker()
            && state.registry();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("profiler")
            .status(up)
            .withData("phase", starter.phase().name())
            .withData("worker", runtime.worker().isAssigned() ? "in its group" : "joining")
            .withData("broker", state.broker() ? "up" : "down")
            .withData("registry", state.registry() ? "up" : "down");
    if (!starter.problem().isEmpty()) {
      response.withData("problem", starter.problem());
    }
    for (ConnectedSource source : runtime.sources().all()) {
      response.withData("source." + source.config().name(), source.reachability());
    }
    for (CaptureStatus capture : runtime.capture().statuses()) {
      response.withData("capture." + capture.source(), capture.describe());
    }
    return response.build();
  }
}
