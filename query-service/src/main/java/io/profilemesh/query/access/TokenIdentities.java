package io.profilemesh.query.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Tells whose a token is. */
@ApplicationScoped
public class TokenIdentities implements IdentityProvider<TokenRequest> {

  private final TokenVerifier verifier;

  @Inject
  TokenIdentities(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Class<TokenRequest> getRequestType() {
    return TokenRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenRequest request, AuthenticationRequestContext context) {
    // Keys of the provider may have to be fetched.
    return context.runBlocking(
        () ->
            Identities.of(
                verifier.verify(request.token()).orElseThrow(AuthenticationFailedException::new)));
  }
}
