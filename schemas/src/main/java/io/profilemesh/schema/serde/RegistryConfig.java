package io.profilemesh.schema.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the registry, read from Confluent's configuration keys.
 *
 * @param urls addresses without credentials, in order of preference
 * @param authorization value of the Authorization header; null: none
 * @param connectTimeout longest wait for a connection
 * @param requestTimeout longest wait for an answer
 */
record RegistryConfig(
    List<URI> urls,
    @Nullable String authorization,
    Duration connectTimeout,
    Duration requestTimeout) {

  static final String URL = "schema.registry.url";
  private static final String BASIC_SOURCE = "basic.auth.credentials.source";
  private static final String BASIC_USER = "basic.auth.user.info";
  private static final String BEARER_TOKEN = "bearer.auth.token";
  private static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
  private static final String READ_TIMEOUT = "http.read.timeout.ms";
  private static final String PREFIX = "schema.registry.";

  RegistryConfig {
    urls = List.copyOf(urls);
  }

  static RegistryConfig parse(Map<String, ?> config) {
    List<String> texts = urls(config.get(URL));
    List<URI> urls = new ArrayList<>();
    String userInfo = null;
    for (String text : texts) {
      URI uri = uri(text);
      userInfo = userInfo == null ? uri.getUserInfo() : userInfo;
      urls.add(withoutUserInfo(uri));
    }
    return new RegistryConfig(
        urls,
        authorization(config, userInfo),
        millis(config, CONNECT_TIMEOUT, 2_000),
        millis(config, READ_TIMEOUT, 5_000));
  }

  /** The scope of a registry in memory; empty when the addresses are real. */
  Optional<String> mockScope() {
    URI first = urls.get(0);
    return "mock".equals(first.getScheme())
        ? Optional.of(Optional.ofNullable(first.getAuthority()).orElse(""))
        : Optional.empty();
  }

  /** Names the addresses only: the header is a secret. */
  @Override
  public String toString() {
    return urls.stream().map(URI::toString).collect(Collectors.joining(","));
  }

  private static List<String> urls(@Nullable Object value) {
    List<String> urls = new ArrayList<>();
    if (value instanceof Collection<?> many) {
      many.forEach(one -> urls.add(one.toString().strip()));
    } else if (value != null) {
      for (String one : value.toString().split(",", -1)) {
        urls.add(one.strip());
      }
    }
    urls.removeIf(String::isEmpty);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          URL + " is missing: give the address of the schema registry");
    }
    return urls;
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme();
      boolean web = "http".equals(scheme) || "https".equals(scheme);
      if ((web && uri.getHost() != null) || "mock".equals(scheme)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // The text may hold a password: neither it nor the exception that quotes it goes on.
    }
    throw new IllegalArgumentException(
        URL + " holds an address that is neither http(s)://host[:port][/path] nor mock://scope");
  }

  private static URI withoutUserInfo(URI uri) {
    String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    return URI.create(
        uri.getScheme()
            + "://"
            + authority.substring(authority.lastIndexOf('@') + 1)
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
  }

  private static @Nullable String authorization(Map<String, ?> config, @Nullable String urlUser) {
    String token = text(config, BEARER_TOKEN);
    if (token != null) {
      return "Bearer " + checked(token, BEARER_TOKEN);
    }
    String source = text(config, BASIC_SOURCE);
    String user = text(config, BASIC_USER);
    if (source == null) {
      user = user == null ? urlUser : user;
    } else if (source.equals("URL")) {
      user = urlUser;
    } else if (source.equals("USER_INFO")) {
      if (user == null) {
        throw new IllegalArgumentException(BASIC_USER + " is missing: give user:password");
      }
    } else {
      throw new IllegalArgumentException(BASIC_SOURCE + " is neither URL nor USER_INFO");
    }
    return user == null ? null : "Basic " + base64(checked(user, BASIC_USER));
  }

  private static String base64(String user) {
    return Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  private static String checked(String secret, String key) {
    if (secret.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw new IllegalArgumentException(key + " holds a line break or control character");
    }
    return secret;
  }

  private static @Nullable String text(Map<String, ?> config, String key) {
    Object value = config.get(key);
    value = value == null ? config.get(PREFIX + key) : value;
    String text = value == null ? "" : value.toString();
    return text.isEmpty() ? null : text;
  }

  private static Duration millis(Map<String, ?> config, String key, int preset) {
    String text = text(config, key);
    try {
      long millis = text == null ? preset : Long.parseLong(text.strip());
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      // Said below, with the key.
    }
    throw new IllegalArgumentException(key + " is not a positive number of milliseconds");
  }
}
