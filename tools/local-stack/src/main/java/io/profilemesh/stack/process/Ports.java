package io.profilemesh.stack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Hands out TCP ports on loopback, each at most once. Not safe for several threads. */
public final class Ports {

  /** Below the ranges from which Linux and macOS take ports for outgoing connections. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int CONNECT_MILLIS = 200;

  private final Set<Integer> given = new HashSet<>();

  /** A free port, {@code preferred} if it is one; 0 prefers none. */
  public int choose(int preferred) {
    if (preferred > 0 && isFree(preferred) && given.add(preferred)) {
      return preferred;
    }
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!given.contains(candidate) && isFree(candidate)) {
        given.add(candidate);
        return candidate;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
  }

  /** Whether nothing listens on the port of the loopback interface. */
  public static boolean isFree(int port) {
    return canBind(port) && !accepts(port);
  }

  /** Whether something accepts connections on the port of the loopback interface. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(loopback(port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a connection of a former server that lingers does not matter.
      socket.setReuseAddress(true);
      socket.bind(loopback(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
