package io.profilemesh.query.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Somebody shows a token of an identity provider. */
final class TokenRequest extends BaseAuthenticationRequest {

  private final String token;

  TokenRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
