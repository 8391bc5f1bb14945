package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKeySecret;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Somebody shows a key. */
final class ApiKeyRequest extends BaseAuthenticationRequest {

  private final ApiKeySecret secret;

  ApiKeyRequest(ApiKeySecret secret) {
    this.secret = secret;
  }

  ApiKeySecret secret() {
    return secret;
  }
}
