package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.query.start.Reachability;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key that a request shows: {@code Authorization: Bearer KEY} or {@code X-API-Key: KEY};
 * the former takes a token of an identity provider, too. While access control is off, everybody may
 * everything.
 */
@ApplicationScoped
public class KeyMechanism implements HttpAuthenticationMechanism {

  /** Header for a key, beside {@code Authorization}. */
  static final String HEADER = "X-API-Key";

  private static final String BEARER = "Bearer ";

  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final Reachability reachability;
  private final TokenVerifier verifier;

  @Inject
  KeyMechanism(Reachability reachability, TokenVerifier verifier) {
    this.verifier = verifier;
    this.reachability = reachability;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    if (!reachability.accessControlled()) {
      return Uni.createFrom().item(Identities.of(Actor.ANYONE));
    }
    String shown = shown(context);
    if (shown == null) {
      return Uni.createFrom().nullItem();
    }
    Optional<AuthenticationRequest> request = request(shown);
    return request.isEmpty()
        ? Uni.createFrom().failure(new AuthenticationFailedException())
        : identities.authenticate(
            HttpSecurityUtils.setRoutingContextAttribute(request.get(), context));
  }

  /** What shown proof asks for; empty: it is neither a key nor a token that could be accepted. */
  private Optional<AuthenticationRequest> request(String shown) {
    Optional<AuthenticationRequest> key = ApiKeySecret.parse(shown).map(ApiKeyRequest::new);
    return key.isEmpty() && verifier.isConfigured() && TOKEN.matcher(shown).matches()
        ? Optional.of(new TokenRequest(shown))
        : key;
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", challenge()));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(ApiKeyRequest.class, TokenRequest.class);
  }

  /** What a request that proves nothing is told. */
  public static String challenge() {
    return "Bearer realm=\"profilemesh\"";
  }

  private static @Nullable String shown(RoutingContext context) {
    String key = context.request().getHeader(HEADER);
    if (key != null) {
      return key.strip();
    }
    String authorization = context.request().getHeader("Authorization");
    if (authorization == null) {
      return null;
    }
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }
}
