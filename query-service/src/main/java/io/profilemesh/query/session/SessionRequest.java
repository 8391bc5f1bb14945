package io.profilemesh.query.session;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Somebody shows the cookie of a session. */
final class SessionRequest extends BaseAuthenticationRequest {

  private final SessionToken token;

  SessionRequest(SessionToken token) {
    this.token = token;
  }

  SessionToken token() {
    return token;
  }
}
