package io.profilemesh.query.session;

import io.profilemesh.query.access.Actor;
import io.profilemesh.query.access.Identities;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tells whose a session is. */
@ApplicationScoped
public class SessionIdentities implements IdentityProvider<SessionRequest> {

  private final Sessions sessions;

  @Inject
  SessionIdentities(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Class<SessionRequest> getRequestType() {
    return SessionRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      SessionRequest request, AuthenticationRequestContext context) {
    return context.runBlocking(
        () -> {
          Person person =
              sessions.holder(request.token()).orElseThrow(AuthenticationFailedException::new);
          return Identities.of(
              new Actor(Actor.Kind.USER, person.id().toString(), person.name(), person.grants()));
        });
  }
}
