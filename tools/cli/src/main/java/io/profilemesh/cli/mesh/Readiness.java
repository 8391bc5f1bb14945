package io.profilemesh.cli.mesh;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether a service says that it is ready. */
final class Readiness {

  private static final int PATIENCE_MS = 2_000;

  private Readiness() {}

  static boolean of(URI service) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) service.resolve("/q/health/ready").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }
}
