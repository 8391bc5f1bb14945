package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortOwnerTest {

  @Test
  void shouldNamePortProcessAndRemedyWhenPortIsInUse() throws IOException {
    // given
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = listener.getLocalPort();

      // when, then
      assertThat(PortOwner.find(port)).contains(ProcessHandle.current().pid());
      assertThat(PortOwner.inUse("broker", port))
          .hasMessageContaining("port " + port)
          .hasMessageContaining("chosen for broker")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void shouldFindNobodyWhenNothingListens() throws IOException {
    // given
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listener.getLocalPort();
    }

    // when, then
    assertThat(PortOwner.find(port)).isEmpty();
  }
}
