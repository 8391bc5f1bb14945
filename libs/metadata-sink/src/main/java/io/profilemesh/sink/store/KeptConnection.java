package io.profilemesh.sink.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A pool of one, for one thread: closing what it hands out keeps the connection open. */
public final class KeptConnection implements ConnectionSource, AutoCloseable {

  private final Connection connection;
  private final Connection handedOut;

  public KeptConnection(Connection connection) {
    this.connection = connection;
    this.handedOut =
        (Connection)
            Proxy.newProxyInstance(
                KeptConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    return null;
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  @Override
  public Connection open() {
    return handedOut;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
