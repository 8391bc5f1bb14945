package io.profilemesh.stack.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Stands in for a service: is ready at once and answers with its environment variables. */
public final class FakeService {

  private FakeService() {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    if (System.getenv("FAKE_REFUSES") != null) {
      System.out.println("profilemesh.config names no file");
      System.exit(1);
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/q/health/ready", exchange -> answer(exchange, "{\"status\":\"UP\"}"));
    server.createContext(
        "/environment/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring("/environment/".length());
          answer(exchange, String.valueOf(System.getenv(name)));
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  /** A repository root with the real local stack and this class as every service. */
  static Installation install(Path home, Installation real) throws IOException {
    Files.createDirectories(home.resolve("tools"));
    Files.createSymbolicLink(
        home.resolve("tools/local-stack"), real.home().resolve("tools/local-stack"));
    for (Service service : Service.values()) {
      writeJar(home.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar"));
    }
    return new Installation(home);
  }

  private static void writeJar(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    String entry = FakeService.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var in = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
    }
  }
}
