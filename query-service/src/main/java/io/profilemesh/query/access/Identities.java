package io.profilemesh.query.access;

import io.profilemesh.metadata.access.Grant;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Actors as the framework's security layer knows them. */
public final class Identities {

  private Identities() {}

  /** The identity of an actor: each role that any of its grants gives. */
  public static SecurityIdentity of(Actor actor) {
    QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder();
    identity.setPrincipal(actor);
    for (Grant grant : actor.grants()) {
      identity.addRoles(Roles.upTo(grant.role()));
    }
    return identity.build();
  }
}
