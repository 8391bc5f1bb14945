package io.profilemesh.query.api;

import io.profilemesh.query.access.Actor;
import io.profilemesh.query.access.Allowance;
import io.profilemesh.query.access.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Keeps one caller from taking the service from the others. */
public class RateLimit {

  private static final int AFTER_THE_JOURNAL = 1_100;
  private static final int SECONDS_AT_ONCE = 2;

  private final Caller caller;
  private final @Nullable Allowance allowance;

  @Inject
  RateLimit(
      Caller caller,
      @ConfigProperty(name = "profilemesh.access.requests-per-second", defaultValue = "100")
          int perSecond) {
    this.caller = caller;
    this.allowance =
        perSecond <= 0
            ? null
            : new Allowance(new Allowance.Rate(perSecond, (double) perSecond * SECONDS_AT_ONCE));
  }

  @ServerRequestFilter(priority = AFTER_THE_JOURNAL)
  @Nullable Response check(ContainerRequestContext request) {
    Optional<Actor> actor = caller.known().filter(one -> one.kind() != Actor.Kind.ANYONE);
    if (allowance == null || actor.isEmpty() || allowance.take(name(actor.get()))) {
      return null;
    }
    return ProblemMappers.response(
        Problem.of(
            ProblemCode.TOO_MANY_REQUESTS,
            "The key asks more often than it may: wait a second.",
            null,
            null));
  }

  private static String name(Actor actor) {
    return actor.kind() + " " + (actor.id() == null ? actor.name() : actor.id());
  }
}
