package io.profilemesh.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

  private final Ports ports = new Ports();

  @Test
  void shouldKeepPreferredPortWhenItIsFree() {
    // given
    int free = new Ports().choose(0);

    // when
    int chosen = ports.choose(free);

    // then
    assertThat(chosen).isEqualTo(free);
  }

  @Test
  void shouldChooseAnotherPortWhenPreferredOneIsTaken() throws IOException {
    // given
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // when
      int chosen = ports.choose(other.getLocalPort());

      // then
      assertThat(chosen).isNotEqualTo(other.getLocalPort());
      assertThat(Ports.isFree(chosen)).isTrue();
    }
  }

  @Test
  void shouldNotSeePortAsFreeWhenListenerIsOnAllInterfaces() throws IOException {
    // given
    try (ServerSocket other = new ServerSocket(0)) {
      // when, then
      assertThat(Ports.isFree(other.getLocalPort())).isFalse();
    }
  }

  @Test
  void shouldNeverGiveOnePortTwice() {
    // when
    int[] chosen = IntStream.range(0, 200).map(i -> ports.choose(0)).toArray();

    // then
    assertThat(chosen).doesNotHaveDuplicates();
  }

  @Test
  void shouldStayBelowPortsOfOutgoingConnections() {
    assertThat(ports.choose(0)).isBetween(20_000, 31_999);
  }
}
