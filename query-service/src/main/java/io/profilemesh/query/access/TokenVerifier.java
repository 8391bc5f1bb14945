package io.profilemesh.query.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.metadata.access.Grant;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens of an OpenID Connect provider: signature by the provider's published keys, which
 * are fetched, remembered, and fetched anew when a token names one that is not known; issuer,
 * audience, times. Without an issuer in the configuration it accepts none. Safe for use by many
 * threads.
 */
@ApplicationScoped
public class TokenVerifier {

  private static final Logger LOGGER = Logger.getLogger(TokenVerifier.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int LONGEST_TOKEN = 12_000;
  private static final long KEYS_REMEMBERED_SECONDS = 600;
  private static final long BETWEEN_FETCHES_MILLIS = 1_000;

  private static final AlgorithmConstraints SIGNATURES =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.EDDSA);

  private final @Nullable String issuer;
  private final String audience;
  private final Optional<String> jwksUrl;
  private final List<String> rolesClaim;
  private final String rolePrefix;
  private final String nameClaim;
  private volatile @Nullable JwtConsumer consumer;

  @Inject
  TokenVerifier(
      @ConfigProperty(name = "profilemesh.access.oidc.issuer") Optional<String> issuer,
      @ConfigProperty(name = "profilemesh.access.oidc.audience", defaultValue = "profilemesh")
          String audience,
      @ConfigProperty(name = "profilemesh.access.oidc.jwks-url") Optional<String> jwksUrl,
      @ConfigProperty(name = "profilemesh.access.oidc.roles-claim", defaultValue = "roles")
          String rolesClaim,
      @ConfigProperty(name = "profilemesh.access.oidc.role-prefix") Optional<String> rolePrefix,
      @ConfigProperty(
              name = "profilemesh.access.oidc.name-claim",
              defaultValue = "preferred_username")
          String nameClaim) {
    this.issuer = issuer.orElse(null);
    this.audience = audience;
    this.jwksUrl = jwksUrl;
    this.rolesClaim = List.of(rolesClaim.split("/"));
    this.rolePrefix = rolePrefix.orElse("");
    this.nameClaim = nameClaim;
    if (issuer.isPresent() && !issuer.get().startsWith("http")) {
      throw new ConfigurationException("profilemesh.access.oidc.issuer is the URL of a provider");
    }
  }

  /** Whether tokens are accepted at all. */
  boolean isConfigured() {
    return issuer != null;
  }

  /** Whose a token is; empty: it is not accepted. */
  Optional<Actor> verify(String token) {
    if (issuer == null || token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    try {
      JwtClaims claims = consumer(issuer).processToClaims(token);
      return Optional.of(actor(claims));
    } catch (InvalidJwtException | MalformedClaimException e) {
      LOGGER.debugf("A token is not accepted: %s", e.getClass().getSimpleName());
      return Optional.empty();
    } catch (IOException e) {
      LOGGER.warnf("The identity provider does not answer: %s", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private Actor actor(JwtClaims claims) throws MalformedClaimException {
    Object name = claims.getClaimValue(nameClaim);
    String subject = claims.getSubject();
    return new Actor(
        Actor.Kind.TOKEN,
        subject,
        name instanceof String text && !text.isBlank() ? text : subject,
        grants(claims));
  }

  /** The roles that mean something here; others are somebody else's. */
  private List<Grant> grants(JwtClaims claims) {
    Object value = claims.getClaimsMap();
    for (String step : rolesClaim) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    List<Grant> grants = new ArrayList<>();
    Collection<?> texts =
        value instanceof Collection<?> many
            ? many
            : value instanceof String one ? List.of(one.split(" ")) : List.of();
    for (Object text : texts) {
      if (text instanceof String role && role.startsWith(rolePrefix)) {
        try {
          grants.add(Grant.parse(role.substring(rolePrefix.length())));
        } catch (IllegalArgumentException e) {
          LOGGER.debug("A token names a role that is none here");
        }
      }
    }
    return grants;
  }

  private JwtConsumer consumer(String provider) throws IOException {
    JwtConsumer known = consumer;
    if (known != null) {
      return known;
    }
    HttpsJwks keys = new HttpsJwks(jwksUrl.isPresent() ? jwksUrl.get() : discover(provider));
    keys.setDefaultCacheDuration(KEYS_REMEMBERED_SECONDS);
    keys.setRefreshReprieveThreshold(BETWEEN_FETCHES_MILLIS);
    JwtConsumer made =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys))
            .setJwsAlgorithmConstraints(SIGNATURES)
            .setExpectedIssuer(provider)
            .setExpectedAudience(audience)
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .build();
    consumer = made;
    return made;
  }

  /** Where the provider says that its keys are. */
  private static String discover(String provider) throws IOException {
    String base = provider.endsWith("/") ? provider : provider + "/";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + ".well-known/openid-configuration"))
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      String url = new ObjectMapper().readTree(answer.body()).path("jwks_uri").asText();
      if (answer.statusCode() != 200 || url.isEmpty()) {
        throw new IOException("no OpenID configuration");
      }
      return url;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
