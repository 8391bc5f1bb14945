package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells whose a key is. */
@ApplicationScoped
public class ApiKeyIdentities implements IdentityProvider<ApiKeyRequest> {

  private final KeyDirectory directory;
  private final KeyUses uses;
  private final Strangers strangers;

  @Inject
  ApiKeyIdentities(KeyDirectory directory, KeyUses uses, Strangers strangers) {
    this.strangers = strangers;
    this.uses = uses;
    this.directory = directory;
  }

  @Override
  public Class<ApiKeyRequest> getRequestType() {
    return ApiKeyRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      ApiKeyRequest request, AuthenticationRequestContext context) {
    ApiKey remembered = directory.remembered(request.secret());
    String address = Addresses.of(HttpSecurityUtils.getRoutingContextAttribute(request));
    return remembered != null
        ? Uni.createFrom().item(() -> identity(remembered, address))
        : context.runBlocking(() -> identity(looked(request.secret(), address), address));
  }

  private @Nullable ApiKey looked(ApiKeySecret secret, @Nullable String address) {
    String proof = KeyDirectory.name(secret);
    if (strangers.isUnknown(proof)) {
      return null;
    }
    strangers.check(proof, address);
    ApiKey key = directory.find(secret).orElse(null);
    strangers.looked(proof, address, key != null);
    return key;
  }

  private SecurityIdentity identity(@Nullable ApiKey key, @Nullable String address) {
    Instant now = Instant.now();
    if (key == null || !key.isValid(now)) {
      throw new AuthenticationFailedException();
    }
    uses.used(key.id(), now, address);
    return Identities.of(Actor.of(key));
  }
}
