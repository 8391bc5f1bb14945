package io.profilemesh.query.session;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the cookie of a session. What changes something has to show, beside the cookie that
 * browsers send by themselves, a proof that only the page which signed in knows.
 */
@ApplicationScoped
public class SessionMechanism implements HttpAuthenticationMechanism {

  /** Name of the cookie. */
  public static final String COOKIE = "profilemesh_session";

  /** Header of the proof. */
  public static final String PROOF = "X-CSRF-Token";

  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    Cookie cookie = context.request().getCookie(COOKIE);
    if (cookie == null) {
      return Uni.createFrom().nullItem();
    }
    Optional<SessionToken> token = SessionToken.parse(cookie.getValue());
    if (token.isEmpty() || !proved(context, token.get())) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return identities.authenticate(
        HttpSecurityUtils.setRoutingContextAttribute(new SessionRequest(token.get()), context));
  }

  private static boolean proved(RoutingContext context, SessionToken token) {
    String proof = context.request().getHeader(PROOF);
    return HARMLESS.contains(context.request().method())
        || (proof != null && token.isProvedBy(proof));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().nullItem();
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(SessionRequest.class);
  }
}
