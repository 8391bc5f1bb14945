package io.profilemesh.query.session;

import io.profilemesh.query.access.Actor;
import io.profilemesh.query.access.Addresses;
import io.profilemesh.query.access.Identities;
import io.profilemesh.query.access.Strangers;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.Optional;

/** Tells whose a session is. */
@ApplicationScoped
public class SessionIdentities implements IdentityProvider<SessionRequest> {

  private final Sessions sessions;
  private final Strangers strangers;

  @Inject
  SessionIdentities(Sessions sessions, Strangers strangers) {
    this.strangers = strangers;
    this.sessions = sessions;
  }

  @Override
  public Class<SessionRequest> getRequestType() {
    return SessionRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      SessionRequest request, AuthenticationRequestContext context) {
    String address = Addresses.of(HttpSecurityUtils.getRoutingContextAttribute(request));
    return context.runBlocking(
        () -> {
          String proof = HexFormat.of().formatHex(request.token().hash());
          strangers.check(proof, address);
          Optional<Person> found = sessions.holder(request.token());
          strangers.looked(proof, address, found.isPresent());
          Person person = found.orElseThrow(AuthenticationFailedException::new);
          return Identities.of(
              new Actor(Actor.Kind.USER, person.id().toString(), person.name(), person.grants()));
        });
  }
}
