package io.profilemesh.profiler.scan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** Hands out a connection that stays open when it is closed, as a pool does. */
final class KeptConnection {

  private final Connection kept;

  KeptConnection(Connection kept) {
    this.kept = kept;
  }

  Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            KeptConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(kept, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
