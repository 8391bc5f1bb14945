package io.profilemesh.drift.wiring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Name and port under which the other instances reach this one over HTTP. */
public record AdvertisedAddress(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
  private static final int MOST = 65_535;

  public AdvertisedAddress {
    if (port < 1 || port > MOST) {
      throw new IllegalArgumentException(
          "profilemesh.drift.advertised-address has a port between 1 and 65535");
    }
  }

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException when it is none
   */
  static AdvertisedAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "profilemesh.drift.advertised-address is a host and a port, such as drift-0:8092");
    }
    return new AdvertisedAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  /**
   * What it is unless told: where the service listens, or the host where that is everywhere.
   *
   * @param listens interface the service listens on
   */
  static AdvertisedAddress of(String listens, int port, String host) {
    boolean everywhere = listens.equals("0.0.0.0") || listens.equals("::");
    String name = everywhere ? host : listens;
    return new AdvertisedAddress(name.contains(":") ? "[" + name + "]" : name, port);
  }

  /** The host without the brackets of an IPv6 address. */
  String name() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
