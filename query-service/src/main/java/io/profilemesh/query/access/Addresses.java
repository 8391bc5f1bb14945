package io.profilemesh.query.access;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Where requests come from. */
public final class Addresses {

  private Addresses() {}

  /** The address of the other end, or null where it has none. */
  public static @Nullable String of(@Nullable RoutingContext request) {
    SocketAddress address = request == null ? null : request.request().remoteAddress();
    return address == null ? null : address.hostAddress();
  }
}
