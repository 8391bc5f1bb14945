package io.profilemesh.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.profilemesh.metadata.access.Grant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a provider that this test runs itself. */
class TokenVerifierTest {

  private static RsaJsonWebKey first;
  private static RsaJsonWebKey second;

  private final List<JsonWebKey> published = new ArrayList<>();
  private HttpServer provider;
  private String issuer;
  private int keysFetched;

  @BeforeAll
  static void makeKeys() throws JoseException {
    first = key("first");
    second = key("second");
  }

  @BeforeEach
  void startProvider() throws IOException {
    published.add(first);
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
    serve("/.well-known/openid-configuration", () -> "{\"jwks_uri\":\"" + issuer + "/keys\"}");
    serve(
        "/keys",
        () -> {
          keysFetched++;
          return new JsonWebKeySet(published).toJson();
        });
    provider.start();
  }

  @AfterEach
  void stopProvider() {
    provider.stop(0);
  }

  @Test
  void shouldTellWhoseATokenIsAndWhatTheyMay() throws JoseException {
    TokenVerifier verifier = verifier("realm_access/roles");

    Optional<Actor> actor =
        verifier.verify(
            token(
                first,
                claims ->
                    claims.setClaim(
                        "realm_access",
                        Map.of(
                            "roles",
                            List.of("mesh-reader:shop/public", "mesh-root", "offline_access")))));

    assertThat(actor)
        .hasValueSatisfying(
            ada -> {
              assertThat(ada.kind()).isEqualTo(Actor.Kind.TOKEN);
              assertThat(ada.id()).isEqualTo("subject-7");
              assertThat(ada.name()).isEqualTo("ada");
              assertThat(ada.grants()).containsExactly(Grant.parse("reader:shop/public"));
            });
  }

  @Test
  void shouldRefuseWhatIsNotMeantForItOrNotValid() throws JoseException {
    TokenVerifier verifier = verifier("roles");

    assertThat(verifier.verify(token(first, claims -> {}))).isPresent();
    assertThat(verifier.verify(token(first, claims -> claims.setIssuer("http://else")))).isEmpty();
    assertThat(verifier.verify(token(first, claims -> claims.setAudience("else")))).isEmpty();
    assertThat(verifier.verify(token(first, claims -> claims.unsetClaim("aud")))).isEmpty();
    assertThat(verifier.verify(token(first, claims -> claims.unsetClaim("exp")))).isEmpty();
    assertThat(verifier.verify(token(first, claims -> claims.unsetClaim("sub")))).isEmpty();
    assertThat(verifier.verify(token(first, claims -> expire(claims, -120)))).isEmpty();
    assertThat(
            verifier.verify(
                token(
                    first,
                    claims ->
                        claims.setNotBefore(NumericDate.fromMilliseconds(Long.MAX_VALUE / 2)))))
        .isEmpty();
    assertThat(verifier.verify("a.b.c")).isEmpty();
    assertThat(verifier.verify("x".repeat(20_000))).isEmpty();
  }

  @Test
  void shouldRefuseForgedSignatures() throws JoseException {
    TokenVerifier verifier = verifier("roles");
    RsaJsonWebKey forged = key("first");
    String token = token(first, claims -> {});

    assertThat(verifier.verify(token(forged, claims -> {}))).isEmpty();
    assertThat(verifier.verify(token.substring(0, token.length() - 8) + "AAAAAAAA")).isEmpty();
    assertThat(verifier.verify(unsigned())).isEmpty();
    assertThat(verifier.verify(signedWithThePublicKeyAsSecret())).isEmpty();
  }

  @Test
  void shouldFetchKeysOnceAndAgainWhenTheProviderHasNewOnes() throws JoseException {
    TokenVerifier verifier = verifier("roles");
    for (int i = 0; i < 20; i++) {
      assertThat(verifier.verify(token(first, claims -> {}))).isPresent();
    }
    assertThat(keysFetched).isEqualTo(1);

    published.clear();
    published.add(second);

    Awaitility.await().until(() -> verifier.verify(token(second, claims -> {})).isPresent());
    assertThat(verifier.verify(token(first, claims -> {}))).isEmpty();
  }

  @Test
  void shouldAcceptNoneWithoutAProvider() throws JoseException {
    TokenVerifier verifier =
        new TokenVerifier(
            Optional.empty(), "profilemesh", Optional.empty(), "roles", Optional.empty(), "name");

    assertThat(verifier.isConfigured()).isFalse();
    assertThat(verifier.verify(token(first, claims -> {}))).isEmpty();
  }

  @Test
  void shouldAcceptNoneWhileTheProviderIsAway() throws JoseException {
    TokenVerifier verifier = verifier("roles");
    String token = token(first, claims -> {});
    provider.stop(0);

    assertThat(verifier.verify(token)).isEmpty();
  }

  private TokenVerifier verifier(String rolesClaim) {
    return new TokenVerifier(
        Optional.of(issuer),
        "profilemesh",
        Optional.empty(),
        rolesClaim,
        Optional.of("mesh-"),
        "preferred_username");
  }

  private JwtClaims claims(Consumer<JwtClaims> change) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience("profilemesh");
    claims.setSubject("subject-7");
    claims.setClaim("preferred_username", "ada");
    expire(claims, 60);
    change.accept(claims);
    return claims;
  }

  private String token(RsaJsonWebKey key, Consumer<JwtClaims> change) throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims(change).toJson());
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return token.getCompactSerialization();
  }

  private String unsigned() throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims(claims -> {}).toJson());
    token.setKeyIdHeaderValue("first");
    token.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    return token.getCompactSerialization();
  }

  private String signedWithThePublicKeyAsSecret() throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims(claims -> {}).toJson());
    token.setKeyIdHeaderValue("first");
    token.setKey(new HmacKey(first.getPublicKey().getEncoded()));
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    return token.getCompactSerialization();
  }

  private static void expire(JwtClaims claims, long seconds) {
    NumericDate time = NumericDate.now();
    time.addSeconds(seconds);
    claims.setExpirationTime(time);
  }

  private static RsaJsonWebKey key(String id) throws JoseException {
    RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId(id);
    return key;
  }

  private void serve(String path, Supplier<String> content) {
    provider.createContext(
        path,
        exchange -> {
          byte[] body = content.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
